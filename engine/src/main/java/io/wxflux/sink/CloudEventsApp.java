package io.wxflux.sink;

import io.wxflux.model.AppMessage;
import tools.jackson.core.JsonGenerator;

/** What app messages say; media ids and URLs with keys in them stay inside. */
final class CloudEventsApp {
    private CloudEventsApp() {}

    static void write(JsonGenerator json, AppMessage<?> message) {
        if (message instanceof AppMessage.Link link) {
            link(json, link.details());
        } else if (message instanceof AppMessage.Music music) {
            music(json, music.details());
        } else if (message instanceof AppMessage.File file) {
            file(json, file.details());
        } else if (message instanceof AppMessage.MiniProgram miniProgram) {
            miniProgram(json, miniProgram.details());
        } else if (message instanceof AppMessage.Channels channels) {
            channels(json, channels.details());
        } else if (message instanceof AppMessage.GroupNotice groupNotice) {
            groupNotice(json, groupNotice.details());
        } else if (message instanceof AppMessage.App app) {
            app(json, app.details());
        }
    }

    private static void link(JsonGenerator json, AppMessage.Link.Details details) {
        CloudEventsJson.text(json, "title", details.title());
        CloudEventsJson.known(json, "description", details.description());
        CloudEventsJson.known(json, "url", details.url());
        CloudEventsJson.known(json, "thumbnailUrl", details.thumbnailUrl());
        CloudEventsJson.known(json, "sourceId", details.sourceId());
        CloudEventsJson.known(json, "sourceName", details.sourceName());
        json.writeBooleanProperty("invitation", !details.invitation().isEmpty());
        articles(json, details);
    }

    private static void music(JsonGenerator json, AppMessage.Music.Details details) {
        CloudEventsJson.text(json, "title", details.title());
        CloudEventsJson.known(json, "description", details.description());
        CloudEventsJson.known(json, "url", details.url());
        CloudEventsJson.known(json, "dataUrl", details.dataUrl());
        CloudEventsJson.known(json, "albumImageUrl", details.albumImageUrl());
        CloudEventsJson.known(json, "appId", details.appId());
        CloudEventsJson.known(json, "appName", details.appName());
    }

    private static void file(JsonGenerator json, AppMessage.File.Details details) {
        CloudEventsJson.text(json, "name", details.name());
        CloudEventsJson.known(json, "size", details.size());
        CloudEventsJson.known(json, "extension", details.extension());
        CloudEventsJson.known(json, "md5", details.md5());
        json.writeBooleanProperty("large", details.large());
    }

    private static void miniProgram(JsonGenerator json, AppMessage.MiniProgram.Details details) {
        CloudEventsJson.text(json, "title", details.title());
        CloudEventsJson.known(json, "description", details.description());
        CloudEventsJson.known(json, "programId", details.userName());
        CloudEventsJson.known(json, "name", details.name());
        CloudEventsJson.known(json, "appId", details.appId());
        CloudEventsJson.known(json, "pagePath", details.pagePath());
        CloudEventsJson.known(json, "iconUrl", details.iconUrl());
        CloudEventsJson.known(json, "url", details.url());
    }

    private static void channels(JsonGenerator json, AppMessage.Channels.Details details) {
        CloudEventsJson.text(json, "title", details.title());
        CloudEventsJson.known(json, "objectId", details.objectId());
        CloudEventsJson.known(json, "authorId", details.userName());
        CloudEventsJson.known(json, "authorName", details.nickName());
        CloudEventsJson.known(json, "description", details.description());
        CloudEventsJson.known(json, "mediaCount", details.mediaCount());
        CloudEventsJson.known(json, "width", details.width());
        CloudEventsJson.known(json, "height", details.height());
        CloudEventsJson.known(json, "durationMs", details.duration());
    }

    private static void groupNotice(JsonGenerator json, AppMessage.GroupNotice.Details details) {
        CloudEventsJson.text(json, "text", details.text());
    }

    private static void app(JsonGenerator json, AppMessage.App.Details details) {
        CloudEventsJson.text(json, "title", details.title());
        CloudEventsJson.known(json, "description", details.description());
        CloudEventsJson.known(json, "url", details.url());
        CloudEventsJson.known(json, "appId", details.appId());
        CloudEventsJson.known(json, "appName", details.appName());
    }

    private static void articles(JsonGenerator json, AppMessage.Link.Details details) {
        json.writeArrayPropertyStart("articles");
        for (AppMessage.Link.Article article : details.articles()) {
            json.writeStartObject();
            CloudEventsJson.text(json, "title", article.title());
            CloudEventsJson.known(json, "digest", article.digest());
            CloudEventsJson.known(json, "url", article.url());
            CloudEventsJson.known(json, "coverUrl", article.coverUrl());
            CloudEventsJson.known(json, "published", article.published());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
