package io.wxflux.internal.wire;

import io.wxflux.model.Coordinates;
import io.wxflux.model.PlaceMessage.LiveLocation;
import io.wxflux.model.PlaceMessage.Location;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Places (PROTOCOL 9.3): in OriContent or Content as XML, in Url as coordinates, in Content as a text and a path. */
final class PlaceDetails {
    private static final Pattern IN_URL = Pattern.compile("coord=(-?[0-9.]{1,20}),(-?[0-9.]{1,20})");
    private static final Pattern PAGE =
            Pattern.compile("https?://[^\\s/]{1,100}/cgi-bin/redirectforward\\?\\S{1,2000}");
    private static final String PATH = "/cgi-bin/";
    private static final int LONGEST_DEGREES = 24;

    private PlaceDetails() {}

    static Location.Details location(Material from) {
        XmlElement place = from.xml().at("location");
        if (place == XmlElement.NONE) {
            // Seen as plain XML; what is escaped in it is escaped for the XML.
            String sent = from.fields().raw("OriContent");
            String xml = sent.stripLeading().startsWith("&lt;") ? ContentText.decode(sent) : sent;
            XmlElement original = XmlReader.read(xml, XmlReader.CONTENT_LIMIT);
            place = original == null ? XmlElement.NONE : original.at("location");
        }
        String text = from.plainText();
        // The old form: a page that says where it is, and nothing else (PROTOCOL 9.3).
        boolean page = PAGE.matcher(text).matches();
        String mapUrl = Material.first(from.fields().text("Url"), page ? text : "");
        Coordinates there = coordinates(place.attribute("x"), place.attribute("y"));
        return new Location.Details(
                there == null ? inUrl(mapUrl) : there,
                Material.first(place.attribute("label"), page ? "" : described(text)),
                place.attribute("poiname"),
                mapUrl,
                Numbers.intOrZero(place.attribute("scale")),
                page ? "" : path(text));
    }

    static LiveLocation.Details live(Material from) {
        return new LiveLocation.Details(
                Material.first(from.app().text("title"), from.fields().text("FileName"), from.plainText()));
    }

    /** {@code address:}, a line end, the path of a picture of the map. */
    private static String described(String text) {
        int path = text.indexOf(PATH);
        String before = path < 0 ? text : text.substring(0, path).strip();
        return before.endsWith(":") ? before.substring(0, before.length() - 1) : before;
    }

    private static String path(String text) {
        int path = text.indexOf(PATH);
        return path < 0 ? "" : text.substring(path).strip();
    }

    private static @Nullable Coordinates inUrl(String url) {
        Matcher found = IN_URL.matcher(url);
        return found.find() ? coordinates(found.group(1), found.group(2)) : null;
    }

    private static @Nullable Coordinates coordinates(String latitude, String longitude) {
        if (latitude.isEmpty() || latitude.length() > LONGEST_DEGREES || longitude.length() > LONGEST_DEGREES) {
            return null;
        }
        try {
            return new Coordinates(Double.parseDouble(latitude), Double.parseDouble(longitude));
        } catch (IllegalArgumentException nowhere) {
            return null;
        }
    }
}
