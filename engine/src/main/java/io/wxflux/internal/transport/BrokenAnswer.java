package io.wxflux.internal.transport;

/** What is wrong with an answer, in words that go on "synccheck at webpush.wx.qq.com: ". Never leaves this package. */
final class BrokenAnswer extends Exception {
    BrokenAnswer(String words) {
        super(words, null, false, false);
    }

    static BrokenAnswer tooLarge(int most) {
        return new BrokenAnswer("its body is larger than " + most + " bytes");
    }

    String words() {
        String words = getMessage();
        return words == null ? "" : words;
    }
}
