package io.wxflux.internal.wire;

import io.wxflux.model.AppMessage.App;
import io.wxflux.model.AppMessage.Channels;
import io.wxflux.model.AppMessage.File;
import io.wxflux.model.AppMessage.GroupNotice;
import io.wxflux.model.AppMessage.MiniProgram;
import io.wxflux.model.AppMessage.Music;
import io.wxflux.model.Concealed;
import java.time.Duration;

/** App messages (PROTOCOL 9.4): XML below {@code msg/appmsg}, some of it again in the envelope. */
final class AppDetails {
    private AppDetails() {}

    static App.Details app(Material from) {
        return new App.Details(
                title(from),
                from.app().text("des"),
                url(from),
                Material.first(from.fields().raw("AppInfo.AppID"), from.app().attribute("appid")),
                from.xml().text("appinfo", "appname"));
    }

    static Music.Details music(Material from) {
        XmlElement app = from.app();
        return new Music.Details(
                title(from),
                app.text("des"),
                url(from),
                Material.first(app.text("dataurl"), app.text("lowdataurl"), app.text("lowurl")),
                Material.first(app.text("songalbumurl"), app.text("thumburl")),
                Material.first(from.fields().raw("AppInfo.AppID"), app.attribute("appid")),
                from.xml().text("appinfo", "appname"));
    }

    static File.Details file(Material from) {
        XmlElement app = from.app();
        XmlElement attached = app.at("appattach");
        long size = from.fields().number("FileSize");
        return new File.Details(
                title(from),
                size > 0 ? size : Numbers.orZero(attached.text("totallen")),
                attached.text("fileext"),
                app.text("md5"),
                Numbers.orZero(attached.text("islargefilemsg")) != 0,
                Concealed.of(from.fields().raw("MediaId")),
                Concealed.of(from.fields().raw("EncryFileName")),
                Concealed.of(attached.text("aeskey")));
    }

    static MiniProgram.Details miniProgram(Material from) {
        XmlElement app = from.app();
        XmlElement program = app.at("weappinfo");
        return new MiniProgram.Details(
                title(from),
                app.text("des"),
                Material.first(program.text("username"), app.text("sourceusername")),
                app.text("sourcedisplayname"),
                program.text("appid"),
                program.text("pagepath"),
                program.text("weappiconurl"),
                url(from));
    }

    static Channels.Details channels(Material from) {
        XmlElement feed = from.app().at("finderFeed");
        XmlElement media = feed.at("mediaList", "media");
        return new Channels.Details(
                title(from),
                feed.text("objectId"),
                feed.text("username"),
                feed.text("nickname"),
                feed.text("desc"),
                Numbers.intOrZero(feed.text("mediaCount")),
                Numbers.intOrZero(media.text("width")),
                Numbers.intOrZero(media.text("height")),
                Duration.ofSeconds(Numbers.intOrZero(digits(media.text("videoPlayDuration")))),
                Concealed.of(media.text("url")));
    }

    static GroupNotice.Details groupNotice(Material from) {
        return new GroupNotice.Details(Material.first(
                title(from), from.app().text("textannouncement"), from.app().text("des")));
    }

    static String title(Material from) {
        return Material.first(from.app().text("title"), from.fields().text("FileName"), from.plainText());
    }

    static String url(Material from) {
        return Material.first(from.app().text("url"), from.fields().text("Url"));
    }

    /** Durations were seen with signs behind them. */
    private static String digits(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return text.substring(0, end);
    }
}
