package io.wxflux.file;

import io.nayuki.qrcodegen.QrCode;
import java.util.ArrayList;
import java.util.List;

/** Draws QR codes with half blocks: a login URL takes 33 columns and 17 rows. */
public final class QrText {
    /** Less than the standard's four; phones read it, and it leaves room on 80x24. */
    private static final int MARGIN = 2;
    /** Black on white by number: the named colours are the user's own, and a dark terminal would invert the code. */
    private static final String DARK_ON_LIGHT = "\u001b[38;5;16;48;5;231m";

    private static final String RESET = "\u001b[0m";

    private QrText() {}

    /**
     * One line for each two rows of modules.
     *
     * @param colors whether to say black on white; without, dark modules are blocks in whatever colour text has
     */
    public static List<String> lines(String text, boolean colors) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.LOW);
        List<String> lines = new ArrayList<>();
        for (int y = -MARGIN; y < code.size + MARGIN; y += 2) {
            StringBuilder line = new StringBuilder(colors ? DARK_ON_LIGHT : "");
            for (int x = -MARGIN; x < code.size + MARGIN; x++) {
                boolean upper = code.getModule(x, y);
                boolean lower = code.getModule(x, y + 1);
                line.append(upper ? (lower ? '█' : '▀') : (lower ? '▄' : ' '));
            }
            lines.add(line.append(colors ? RESET : "").toString());
        }
        return lines;
    }
}
