package io.wxflux.sink;

import io.wxflux.model.Coordinates;
import io.wxflux.model.MediaMessage;
import io.wxflux.model.PlaceMessage;
import tools.jackson.core.JsonGenerator;

/** What pictures, sounds, films, stickers and places say. */
final class CloudEventsMedia {
    private CloudEventsMedia() {}

    static void write(JsonGenerator json, MediaMessage<?> message) {
        if (message instanceof MediaMessage.Image image) {
            image(json, image.details());
        } else if (message instanceof MediaMessage.Voice voice) {
            voice(json, voice.details());
        } else if (message instanceof MediaMessage.Video video) {
            video(json, video.details());
        } else if (message instanceof MediaMessage.Emoticon emoticon) {
            emoticon(json, emoticon.details());
        }
    }

    static void write(JsonGenerator json, PlaceMessage<?> message) {
        if (message instanceof PlaceMessage.Location location) {
            location(json, location.details());
        } else if (message instanceof PlaceMessage.LiveLocation liveLocation) {
            liveLocation(json, liveLocation.details());
        }
    }

    private static void image(JsonGenerator json, MediaMessage.Image.Details details) {
        CloudEventsJson.known(json, "width", details.width());
        CloudEventsJson.known(json, "height", details.height());
        CloudEventsJson.known(json, "size", details.size());
        CloudEventsJson.known(json, "originalSize", details.originalSize());
        CloudEventsJson.known(json, "thumbnailWidth", details.thumbnailWidth());
        CloudEventsJson.known(json, "thumbnailHeight", details.thumbnailHeight());
        CloudEventsJson.known(json, "md5", details.md5());
    }

    private static void voice(JsonGenerator json, MediaMessage.Voice.Details details) {
        CloudEventsJson.known(json, "durationMs", details.duration());
        CloudEventsJson.known(json, "size", details.size());
        CloudEventsJson.known(json, "format", details.format());
    }

    private static void video(JsonGenerator json, MediaMessage.Video.Details details) {
        CloudEventsJson.known(json, "durationMs", details.duration());
        CloudEventsJson.known(json, "width", details.width());
        CloudEventsJson.known(json, "height", details.height());
        CloudEventsJson.known(json, "size", details.size());
        CloudEventsJson.known(json, "md5", details.md5());
    }

    private static void emoticon(JsonGenerator json, MediaMessage.Emoticon.Details details) {
        CloudEventsJson.known(json, "md5", details.md5());
        CloudEventsJson.known(json, "productId", details.productId());
        json.writeBooleanProperty("downloadable", details.downloadable());
        CloudEventsJson.known(json, "width", details.width());
        CloudEventsJson.known(json, "height", details.height());
        CloudEventsJson.known(json, "size", details.size());
        CloudEventsJson.known(json, "url", details.url());
    }

    private static void location(JsonGenerator json, PlaceMessage.Location.Details details) {
        Coordinates there = details.coordinates();
        if (there != null) {
            json.writeNumberProperty("latitude", there.latitude());
            json.writeNumberProperty("longitude", there.longitude());
        }
        CloudEventsJson.known(json, "label", details.label());
        CloudEventsJson.known(json, "poiName", details.poiName());
        CloudEventsJson.known(json, "mapUrl", details.mapUrl());
        CloudEventsJson.known(json, "scale", details.scale());
    }

    private static void liveLocation(JsonGenerator json, PlaceMessage.LiveLocation.Details details) {
        CloudEventsJson.known(json, "title", details.title());
    }
}
