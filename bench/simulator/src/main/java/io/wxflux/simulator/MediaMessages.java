package io.wxflux.simulator;

import java.util.Map;

/** Messages whose content is fetched by a second call: pictures, voices, videos, emoticons, files. */
public final class MediaMessages {

    private static final String UNKNOWN_KEY = "9c1f0a7be2d34856a1b0c2d3e4f5a697";

    private MediaMessages() {}

    /**
     * {@return a picture (MsgType 3) with the XML that describes it}
     *
     * @param from a friend, a room, a room member
     * @param bytes the size of the original
     */
    public static SimMessage image(SimPeer from, long bytes) {
        SimMedia media = SimMedia.of(SimMedia.Form.JPEG, bytes, seed(from, bytes));
        String cdn = cdn(media);
        String xml =
                "<?xml version=\"1.0\"?>\n<msg>\n\t<img aeskey=\"" + UNKNOWN_KEY + "\" encryver=\"1\" cdnthumbaeskey=\""
                        + UNKNOWN_KEY + "\" cdnthumburl=\"" + cdn + "\" cdnthumblength=\""
                        + media.thumbnail().size()
                        + "\" cdnthumbheight=\"120\" cdnthumbwidth=\"90\" cdnmidheight=\"0\" cdnmidwidth=\"0\" cdnhdheight=\"0\""
                        + " cdnhdwidth=\"0\" cdnmidimgurl=\"" + cdn + "\" length=\"" + bytes + "\" md5=\"" + media.md5()
                        + "\" />\n</msg>\n";
        return SimMessage.of(3, from, "[image]", WireText.encodeXml(xml), picture(960, 720), media);
    }

    /**
     * {@return a picture (MsgType 3) as rooms got it later: an opaque word instead of the XML}
     *
     * @param from a friend, a room, a room member
     * @param bytes the size of the original
     */
    public static SimMessage opaqueImage(SimPeer from, long bytes) {
        SimMedia media = SimMedia.of(SimMedia.Form.JPEG, bytes, seed(from, bytes));
        return SimMessage.of(3, from, "[image]", opaque(media), picture(400, 300), media);
    }

    /**
     * {@return a voice (MsgType 34)}
     *
     * @param from a friend, a room, a room member
     * @param millis how long it is
     */
    public static SimMessage voice(SimPeer from, int millis) {
        SimMedia media = SimMedia.of(SimMedia.Form.MP3, 400L + millis * 2L, seed(from, millis));
        String xml = "<msg><voicemsg endflag=\"1\" cancelflag=\"0\" forwardflag=\"0\" voiceformat=\"4\" voicelength=\""
                + millis + "\" length=\"" + media.size() + "\" bufid=\"219488001234567891\" clientmsgid=\""
                + media.md5() + "${id:sender}_1\" fromusername=\"${id:sender}\" /></msg>";
        return SimMessage.of(34, from, "[voice]", WireText.encodeXml(xml), Map.of("VoiceLength", millis), media);
    }

    /**
     * {@return a video (MsgType 43)}
     *
     * @param from a friend, a room, a room member
     * @param seconds how long it plays
     * @param bytes its size
     */
    public static SimMessage video(SimPeer from, int seconds, long bytes) {
        return video(43, "[video]", from, seconds, bytes);
    }

    /**
     * {@return a short video of the phone's own camera (MsgType 62)}
     *
     * @param from a friend, a room, a room member
     * @param seconds how long it plays
     * @param bytes its size
     */
    public static SimMessage shortVideo(SimPeer from, int seconds, long bytes) {
        return video(62, "[short video]", from, seconds, bytes);
    }

    private static SimMessage video(int msgType, String text, SimPeer from, int seconds, long bytes) {
        SimMedia media = SimMedia.of(SimMedia.Form.MP4, bytes, seed(from, bytes + seconds));
        String cdn = cdn(media);
        String xml = "<?xml version=\"1.0\"?>\n<msg>\n\t<videomsg aeskey=\"" + UNKNOWN_KEY + "\" cdnthumbaeskey=\""
                + UNKNOWN_KEY + "\" cdnvideourl=\"" + cdn + "\" cdnthumburl=\"" + cdn + "\" length=\"" + bytes
                + "\" playlength=\"" + seconds + "\" cdnthumblength=\""
                + media.thumbnail().size()
                + "\" cdnthumbwidth=\"288\" cdnthumbheight=\"160\" fromusername=\"${id:sender}\" md5=\"" + media.md5()
                + "\" newmd5=\"\" isad=\"0\" />\n</msg>\n";
        Map<String, Object> fields = Map.of("PlayLength", seconds, "ImgHeight", 160, "ImgWidth", 288, "ImgStatus", 2);
        return SimMessage.of(msgType, from, text, WireText.encodeXml(xml), fields, media);
    }

    /**
     * {@return an emoticon of the sender's own (MsgType 47), which can be downloaded}
     *
     * @param from a friend, a room, a room member
     * @param bytes its size
     */
    public static SimMessage emoticon(SimPeer from, long bytes) {
        SimMedia media = SimMedia.of(SimMedia.Form.GIF, bytes, seed(from, bytes));
        String md5 = media.md5();
        String url = "http://emoji.qpic.cn/wx_emoji/" + cdn(media).substring(0, 40) + "/";
        String xml = "<msg><emoji fromusername=\"${id:sender}\" tousername=\"${id:receiver}\" type=\"2\""
                + " idbuffer=\"media:0_0\" md5=\"" + md5 + "\" len=\"" + bytes + "\" productid=\"\" androidmd5=\"" + md5
                + "\" androidlen=\"" + bytes + "\" cdnurl=\"" + url + "\" designerid=\"\" thumburl=\"\" encrypturl=\""
                + url + "\" aeskey=\"" + UNKNOWN_KEY + "\" width=\"180\" height=\"180\" attachedtext=\"\"></emoji>"
                + "<gameext type=\"0\" content=\"0\"></gameext></msg>";
        return SimMessage.of(47, from, "[emoticon]", WireText.encodeXml(xml), picture(180, 180), media);
    }

    /**
     * {@return an emoticon of the store (MsgType 47), of which the web gets nothing}
     *
     * @param from a friend, a room, a room member
     */
    public static SimMessage storeSticker(SimPeer from) {
        return SimMessage.of(47, from, "[sticker]", "", Map.of("HasProductId", 1, "ImgStatus", 2), null);
    }

    /**
     * {@return a file (MsgType 49, AppMsgType 6), to be fetched with webwxgetmedia}
     *
     * @param from a friend, a room, a room member
     * @param fileName in plain text
     * @param bytes its size
     */
    public static SimMessage file(SimPeer from, String fileName, long bytes) {
        SimMedia media = SimMedia.file(fileName, bytes, seed(from, bytes));
        String extension = fileName.substring(fileName.lastIndexOf('.') + 1);
        String cdn = cdn(media);
        boolean large = bytes > UploadRules.CHECKED_FROM;
        String attachment =
                "<totallen>" + bytes + "</totallen><attachid>@cdn_" + cdn + "_" + UNKNOWN_KEY + "_1</attachid>"
                        + "<emoticonmd5></emoticonmd5><fileext>" + WireText.inXml(extension) + "</fileext>"
                        + (large ? "<islargefilemsg>1</islargefilemsg>" : "") + "<cdnattachurl>" + cdn
                        + "</cdnattachurl><aeskey>" + UNKNOWN_KEY + "</aeskey><encryver>1</encryver>";
        String xml = AppMessages.appmsg(
                "wx7fa0a4f3c5d6e1b2",
                6,
                fileName,
                "",
                "",
                "<appattach>" + attachment + "</appattach><extinfo></extinfo><md5>" + media.md5() + "</md5>");
        Map<String, Object> fields = Map.of(
                "AppMsgType",
                6,
                "FileName",
                WireText.encode(fileName),
                "FileSize",
                Long.toString(bytes),
                "MediaId",
                mediaId(media),
                "EncryFileName",
                encrypted(fileName),
                "AppInfo",
                Json.object("AppID", "wx7fa0a4f3c5d6e1b2", "Type", 0));
        // The service leaves an escaped break behind the document.
        return SimMessage.of(
                49, from, "[file] " + fileName, WireText.encodeXml(xml + "<br/>") + "<br/>", fields, media);
    }

    /** The MediaId a file of somebody else has; the same in every session. */
    static String mediaId(SimMedia media) {
        return "@crypt_" + media.md5().substring(0, 8) + "_" + media.md5() + cdn(media);
    }

    /** The file name as webwxgetmedia takes it: percent-encoded, the dot, too. */
    static String encrypted(String fileName) {
        return java.net.URLEncoder.encode(fileName, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace(".", "%2E");
    }

    private static Map<String, Object> picture(int width, int height) {
        return Map.of("ImgStatus", 2, "ImgWidth", width, "ImgHeight", height);
    }

    private static String opaque(SimMedia media) {
        return "@" + media.md5() + media.md5();
    }

    private static String cdn(SimMedia media) {
        return "30" + media.md5() + "0451" + media.md5();
    }

    private static long seed(SimPeer from, long salt) {
        return Ids.mix(from.toString().hashCode() * 31L + salt);
    }
}
