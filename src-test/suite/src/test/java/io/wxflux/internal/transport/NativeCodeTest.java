package io.wxflux.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.options.HttpOptions;
import io.wxflux.options.MissingLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said when a native library that was asked for is not there. */
class NativeCodeTest {
    private static final Throwable TROUBLE = new UnsatisfiedLinkError("could not load");

    private static String version(String artifact) throws IOException {
        try (InputStream in = NativeCodeTest.class
                .getClassLoader()
                .getResourceAsStream("META-INF/maven/io.netty/" + artifact + "/pom.properties")) {
            Properties pom = new Properties();
            pom.load(Objects.requireNonNull(in, artifact));
            return pom.getProperty("version");
        }
    }

    @Test
    void theVersionOfTheTlsLibraryIsThatOfTheBom() throws IOException {
        assertThat(NativeCode.TCNATIVE).isEqualTo(version("netty-tcnative-classes"));
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, epoll, linux-x86_64",
        "Linux, aarch64, epoll, linux-aarch_64",
        "Mac OS X, aarch64, kqueue, osx-aarch_64",
        "Mac OS X, x86_64, kqueue, osx-x86_64"
    })
    void theArtifactsAreNamedWithVersionAndPlatform(String os, String arch, String kind, String classifier)
            throws IOException {
        var nothing = new NativeCode(Platform.of(os, arch), name -> false);

        assertThat(nothing.transport(TROUBLE))
                .isEqualTo(new MissingLibrary(
                        "http.transport",
                        "native needs a native library that is not on the class path",
                        "add io.netty:netty-transport-native-" + kind + ":" + version("netty-transport") + ":"
                                + classifier + ", or set http.transport to nio"));
        assertThat(nothing.openSsl(TROUBLE))
                .isEqualTo(new MissingLibrary(
                        "http.tls",
                        "openssl needs a native library that is not on the class path",
                        "add io.netty:netty-tcnative-classes:" + NativeCode.TCNATIVE
                                + " and io.netty:netty-tcnative-boringssl-static:" + NativeCode.TCNATIVE + ":"
                                + classifier + ", or set http.tls to jdk"));
    }

    @Test
    void whereThereIsNoLibraryNoneIsNamed() {
        assertThat(new NativeCode(Platform.of("Windows 11", "amd64"), name -> false)
                        .transport(TROUBLE)
                        .text())
                .isEqualTo("http.transport: native is not to be had for windows-x86_64, there is no library:"
                        + " set http.transport to nio");
        assertThat(new NativeCode(Platform.of("Linux", "s390x"), name -> false)
                        .openSsl(TROUBLE)
                        .text())
                .isEqualTo("http.tls: openssl is not to be had for linux-s390x, there is no library:"
                        + " set http.tls to jdk");
    }

    @ParameterizedTest
    @CsvSource({"Linux, amd64", "Mac OS X, aarch64"})
    void oneThatIsThereAndCannotBeLoadedIsToldFromOneThatIsNot(String os, String arch) {
        var there = new NativeCode(
                Platform.of(os, arch), name -> name.matches("META-INF/native/libnetty_.*\\.(so|jnilib)"));

        assertThat(there.transport(new IllegalStateException("outer", TROUBLE)).problem())
                .isEqualTo("the native library for native is there and cannot be loaded"
                        + " (UnsatisfiedLinkError: could not load)");
        assertThat(there.openSsl(TROUBLE).remedy()).contains(":" + NativeCode.TCNATIVE, "noexec", "or set http.tls");
    }

    /** Names of resources are what tells the two apart: these are in the jars on the class path of the tests. */
    @Test
    void theResourcesAreThoseOfTheJars() {
        var asked = new ArrayList<String>();
        var code = new NativeCode(Platform.of("Linux", "amd64"), asked::add);
        code.transport(TROUBLE);
        code.openSsl(TROUBLE);

        assertThat(asked)
                .hasSize(2)
                .allSatisfy(
                        name -> assertThat(NativeCodeTest.class.getClassLoader().getResource(name))
                                .as(name)
                                .isNotNull());
    }

    @Test
    void whoAsksForNothingNeedsNothing() {
        assertThat(NativeCode.missing(HttpOptions.defaults())).isEmpty();
    }
}
