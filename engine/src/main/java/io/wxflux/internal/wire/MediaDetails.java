package io.wxflux.internal.wire;

import io.wxflux.model.Concealed;
import io.wxflux.model.MediaMessage.Emoticon;
import io.wxflux.model.MediaMessage.Image;
import io.wxflux.model.MediaMessage.Video;
import io.wxflux.model.MediaMessage.Voice;
import java.time.Duration;

/** Pictures, sounds, films, stickers (PROTOCOL 9.3). */
final class MediaDetails {
    private MediaDetails() {}

    static Image.Details image(Material from) {
        XmlElement img = from.xml().at("img");
        XmlElement attached = from.app().at("appattach");
        return new Image.Details(
                Material.first(
                        from.fields().intNumber("ImgWidth"), number(img, "cdnhdwidth"), number(img, "cdnmidwidth")),
                Material.first(
                        from.fields().intNumber("ImgHeight"), number(img, "cdnhdheight"), number(img, "cdnmidheight")),
                Numbers.orZero(Material.first(img.attribute("length"), attached.text("totallen"))),
                Numbers.orZero(img.attribute("hdlength")),
                Material.first(number(img, "cdnthumbwidth"), Numbers.intOrZero(attached.text("cdnthumbwidth"))),
                Material.first(number(img, "cdnthumbheight"), Numbers.intOrZero(attached.text("cdnthumbheight"))),
                Material.first(img.attribute("md5"), from.app().text("md5")),
                Concealed.of(Material.first(img.attribute("aeskey"), attached.text("aeskey"))));
    }

    static Voice.Details voice(Material from) {
        XmlElement voice = from.xml().at("voicemsg");
        int millis = Material.first(from.fields().intNumber("VoiceLength"), number(voice, "voicelength"));
        return new Voice.Details(
                Duration.ofMillis(millis), Numbers.orZero(voice.attribute("length")), number(voice, "voiceformat"));
    }

    static Video.Details video(Material from) {
        XmlElement video = from.xml().at("videomsg");
        int seconds = Material.first(from.fields().intNumber("PlayLength"), number(video, "playlength"));
        return new Video.Details(
                Duration.ofSeconds(seconds),
                Material.first(from.fields().intNumber("ImgWidth"), number(video, "cdnthumbwidth")),
                Material.first(from.fields().intNumber("ImgHeight"), number(video, "cdnthumbheight")),
                Numbers.orZero(video.attribute("length")),
                video.attribute("md5"),
                Concealed.of(video.attribute("aeskey")));
    }

    /** Of stickers from the store the web gets only the mark that they are (PROTOCOL 9.3). */
    static Emoticon.Details emoticon(Material from) {
        XmlElement emoji = from.xml().at("emoji");
        XmlElement attached = from.app().at("appattach");
        return new Emoticon.Details(
                Material.first(emoji.attribute("md5"), attached.text("emoticonmd5")),
                emoji.attribute("productid"),
                from.fields().number("HasProductId") == 0,
                Material.first(from.fields().intNumber("ImgWidth"), number(emoji, "width")),
                Material.first(from.fields().intNumber("ImgHeight"), number(emoji, "height")),
                Numbers.orZero(Material.first(emoji.attribute("len"), attached.text("totallen"))),
                emoji.attribute("cdnurl"),
                Concealed.of(emoji.attribute("aeskey")));
    }

    private static int number(XmlElement element, String attribute) {
        return Numbers.intOrZero(element.attribute(attribute));
    }
}
