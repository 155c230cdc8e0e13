package io.wxflux.internal.transport;

import java.util.Locale;

/** Operating system and processor, by the names that Netty gives its native libraries. */
record Platform(String system, String processor) {
    static final String LINUX = "linux";
    static final String MACOS = "osx";
    static final String WINDOWS = "windows";

    static Platform current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Platform of(String name, String arch) {
        return new Platform(system(name.toLowerCase(Locale.ROOT)), processor(arch.toLowerCase(Locale.ROOT)));
    }

    private static String system(String name) {
        if (name.startsWith("mac") || name.startsWith("darwin")) {
            return MACOS;
        }
        if (name.startsWith("windows")) {
            return WINDOWS;
        }
        return name.startsWith("linux") ? LINUX : name.replace(' ', '-');
    }

    private static String processor(String arch) {
        return switch (arch) {
            case "amd64", "x86_64", "x64" -> "x86_64";
            case "aarch64", "arm64" -> "aarch_64";
            default -> arch;
        };
    }

    /** The classifier of artifacts. */
    String classifier() {
        return system + "-" + processor;
    }
}
