package io.wxflux.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.hostile.NaughtyTexts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads under every name a stranger can think of, on a real disk. */
class HostileNamesTest {
    private static final String THERE = "was there before";

    @TempDir
    Path root;

    private static Set<String> names() {
        Set<String> names = new LinkedHashSet<>(NaughtyTexts.all());
        names.addAll(NaughtyTexts.halves());
        for (String up : List.of(
                "../",
                "..\\",
                "..%2f",
                "..%5c",
                "%2e%2e/",
                "..\u2215",
                "..\uff0f",
                "\u2024\u2024/",
                ".../",
                "..;/",
                "..\u0000/",
                "./",
                "//",
                "\\\\")) {
            for (int depth : new int[] {1, 3, 12}) {
                for (String target :
                        List.of("victim", "etc/passwd", "Windows/win.ini", ".ssh/authorized_keys", "x\u0000.png")) {
                    names.add(up.repeat(depth) + target);
                    names.add("a/" + up.repeat(depth) + target);
                }
            }
        }
        names.addAll(List.of(
                "/etc/passwd",
                "/",
                "\\",
                "C:",
                "C:\\x",
                "C:x",
                "\\\\?\\C:\\x",
                "\\\\.\\pipe\\x",
                "//host/share/x",
                "file:///x",
                "~",
                "~/x",
                "."));
        names.addAll(List.of(
                "..",
                "...",
                " ",
                " .",
                ". ",
                "a.",
                "a ",
                "a. .",
                "a:b",
                "a:stream:$DATA",
                "a::$INDEX_ALLOCATION",
                "*",
                "?",
                "a|b",
                "<a>",
                "\"a\""));
        for (String device : List.of(
                "CON",
                "PRN",
                "AUX",
                "NUL",
                "COM1",
                "COM9",
                "LPT1",
                "LPT9",
                "CONIN$",
                "CONOUT$",
                "CLOCK$",
                "COM\u00b9")) {
            names.addAll(List.of(
                    device,
                    device.toLowerCase(java.util.Locale.ROOT),
                    device + ".txt",
                    device + " .txt",
                    device + ".tar.gz",
                    device + ":"));
        }
        for (String letter : List.of("a", "\u00e9", "\u6c49", "\ud83d\ude00", "e\u0301", "\u202e")) {
            for (int count : new int[] {64, 85, 127, 128, 254, 255, 256, 4_096}) {
                names.add(letter.repeat(count));
                names.add(letter.repeat(count) + ".pdf");
                names.add("a." + letter.repeat(count));
            }
        }
        names.addAll(List.of(
                ".htaccess",
                ".bashrc",
                "desktop.ini",
                "autorun.inf",
                "a.exe",
                "a.pdf.exe",
                "a\u202efdp.exe",
                "index.html",
                "a.lnk",
                "a.url",
                "-rf",
                "--help"));
        names.addAll(List.of(
                "victim",
                "link",
                "dangling",
                "folder",
                "VICTIM",
                "victim.",
                "victim ",
                "victim\u0000",
                "./victim",
                "x/../victim"));
        return names;
    }

    @Test
    void everythingStaysInItsDirectoryAndNothingIsOverwritten() throws IOException {
        Path home = Files.createDirectories(root.resolve("a/b/c/media"));
        Path outside = Files.writeString(root.resolve("victim"), THERE);
        Files.writeString(home.resolve("victim"), THERE);
        Files.writeString(home.resolve("file"), THERE);
        Files.createDirectory(home.resolve("folder"));
        Files.createSymbolicLink(home.resolve("link"), outside);
        Files.createSymbolicLink(home.resolve("dangling"), root.resolve("made-by-a-link"));
        Set<Path> before = all();
        Set<String> names = names();
        assertThat(names).hasSizeGreaterThan(900);

        List<Path> saved = new ArrayList<>();
        for (String name : names) {
            PartFile part = PartFile.in(home);
            part.write(ByteBuffer.wrap(Integer.toString(saved.size()).getBytes(UTF_8)));
            saved.add(part.named(LocalNames.safe(name)));
        }

        assertThat(saved).doesNotHaveDuplicates().allMatch(path -> home.equals(path.getParent()));
        for (int i = 0; i < saved.size(); i++) {
            Path file = saved.get(i);
            assertThat(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .as(file.toString())
                    .isTrue();
            assertThat(Files.readString(file)).as(file.toString()).isEqualTo(Integer.toString(i));
            assertThat(file.getFileName().toString().getBytes(UTF_8).length).isLessThanOrEqualTo(255);
        }
        Set<Path> added = new LinkedHashSet<>(all());
        added.removeAll(before);
        assertThat(added).as("nothing besides").containsExactlyInAnyOrderElementsOf(saved);
        assertThat(Files.readString(outside)).isEqualTo(THERE);
        assertThat(Files.readString(home.resolve("victim"))).isEqualTo(THERE);
        assertThat(Files.readString(home.resolve("file"))).isEqualTo(THERE);
        assertThat(home.resolve("dangling")).isSymbolicLink();
        assertThat(root.resolve("made-by-a-link")).doesNotExist();
    }

    private Set<Path> all() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return new LinkedHashSet<>(files.toList());
        }
    }
}
