package io.wxflux.simulator;

import io.nayuki.qrcodegen.QrCode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** JPEG pictures: QR codes a phone can read, and a small avatar. */
final class QrImages {

    private static final int SCALE = 8;
    private static final int QUIET_ZONE = 4;
    private static final int WHITE = 0xffffff;
    private static final byte[] AVATAR = jpeg(grey());

    private QrImages() {}

    /** Loads the image code, which reads files: to be called before an event loop needs a picture. */
    static void load() {
        avatar();
    }

    /** Takes milliseconds and loads image code: not for an event loop. */
    static byte[] qr(String content) {
        QrCode code = QrCode.encodeText(content, QrCode.Ecc.MEDIUM);
        int side = (code.size + 2 * QUIET_ZONE) * SCALE;
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                boolean dark = code.getModule(x / SCALE - QUIET_ZONE, y / SCALE - QUIET_ZONE);
                image.setRGB(x, y, dark ? 0 : WHITE);
            }
        }
        return jpeg(image);
    }

    static String avatar() {
        return Base64.getEncoder().encodeToString(AVATAR);
    }

    private static BufferedImage grey() {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        for (int at = 0; at < 64; at++) {
            image.setRGB(at % 8, at / 8, 0x8899aa);
        }
        return image;
    }

    private static byte[] jpeg(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "jpg", out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
