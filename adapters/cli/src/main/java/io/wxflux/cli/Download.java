package io.wxflux.cli;

import io.wxflux.file.DiskReason;
import io.wxflux.file.TerminalText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts what is fetched into a directory, whole or not at all, and over no file that is there. */
final class Download {
    private static final Pattern NAME = Pattern.compile("filename\\*=UTF-8''([A-Za-z0-9%._~*-]+)");
    private static final int PIECE = 64 << 10;
    private static final int MOST_OF_A_NAME = 1_000;

    /** Of four bytes each there is still room for the rest of a name. */
    private static final int MOST_BEFORE = 40;

    private final Surroundings surroundings;

    Download(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** @param whose put before the file's name; empty for none */
    Path save(HttpResponse<InputStream> response, Path directory, String whose) throws IOException {
        String name = before(whose) + name(response);
        long total = response.headers().firstValueAsLong("Content-Length").orElse(0);
        Path temporary;
        try {
            Files.createDirectories(directory);
            temporary = Files.createTempFile(directory, ".wxflux", ".part");
        } catch (IOException e) {
            throw CommandFailed.failed(TerminalText.line(directory.toString(), 500) + " cannot be written to: "
                    + DiskReason.of(e) + "; name another directory with --into");
        }
        Progress progress = new Progress(surroundings.screen(), TerminalText.line(name, 30));
        try (InputStream in = response.body();
                OutputStream out = Files.newOutputStream(temporary)) {
            copy(in, out, total, progress);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw CommandFailed.failed(
                    "it could not be fetched to its end (" + TerminalText.line(String.valueOf(e.getMessage()), 200)
                            + "): nothing was kept; try again, and see the engine's log");
        } finally {
            progress.end();
        }
        try {
            return placed(temporary, directory, name);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void copy(InputStream in, OutputStream out, long total, Progress progress) throws IOException {
        byte[] piece = new byte[PIECE];
        long done = 0;
        for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
            if (surroundings.stop().requested().isDone()) {
                throw new IOException("stopped");
            }
            out.write(piece, 0, count);
            done += count;
            progress.show(done, total);
        }
    }

    /** A link is made in one step, and not where something is already. */
    private static Path placed(Path temporary, Path directory, String name) throws IOException {
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String ending = dot > 0 ? name.substring(dot) : "";
        for (int i = 1; i < MOST_OF_A_NAME; i++) {
            Path target = directory.resolve(i == 1 ? name : stem + " (" + i + ")" + ending);
            try {
                try {
                    Files.createLink(target, temporary);
                } catch (FileAlreadyExistsException taken) {
                    throw taken;
                } catch (UnsupportedOperationException | FileSystemException noLinks) {
                    Files.createFile(target);
                    Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
                }
                return target;
            } catch (FileAlreadyExistsException taken) {
                continue;
            }
        }
        throw CommandFailed.failed("there are too many files called " + TerminalText.line(name, 200) + " already");
    }

    /** What somebody typed: a part of a file's name now, so nothing in it may lead elsewhere. */
    private static String before(String whose) {
        String safe = whose.strip()
                .replaceAll("[/\\\\:*?\"<>|\\p{Cntrl}\\p{Cf}]", "_")
                .replaceFirst("^\\.+", "");
        int most = Math.min(safe.codePointCount(0, safe.length()), MOST_BEFORE);
        return safe.isEmpty() ? "" : safe.substring(0, safe.offsetByCodePoints(0, most)) + " ";
    }

    /** The engine made it safe; that it is no path is checked once more, since it becomes one here. */
    private static String name(HttpResponse<InputStream> response) {
        Matcher matcher = NAME.matcher(
                response.headers().firstValue("Content-Disposition").orElse(""));
        String name = matcher.find() ? URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8) : "media";
        boolean safe = !name.isBlank()
                && !name.startsWith(".")
                && name.codePoints().noneMatch(c -> c == '/' || c == '\\' || c == ':' || Character.isISOControl(c));
        return safe ? name : "media";
    }
}
