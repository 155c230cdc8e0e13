package io.wxflux.sink;

import io.wxflux.model.Message;
import io.wxflux.model.SystemEvent;
import io.wxflux.model.SystemMessage;
import io.wxflux.model.UserName;
import tools.jackson.core.JsonGenerator;

/** What the service reports. */
final class CloudEventsSystem {
    private CloudEventsSystem() {}

    static void write(JsonGenerator json, SystemMessage<?> message) {
        if (message instanceof Message.SystemNotice notice) {
            CloudEventsJson.text(json, "text", notice.text());
            SystemEvent event = notice.event();
            if (event != null) {
                CloudEventsNotice.write(json, event);
            }
        } else if (message instanceof Message.Recall recall) {
            CloudEventsJson.known(json, "recalled", recall.recalled().value());
            CloudEventsJson.text(json, "notice", recall.notice());
            CloudEventsJson.known(json, "chatId", recall.details().session());
        } else if (message instanceof Message.StatusNotify notify) {
            notify(json, notify);
        } else if (message instanceof SystemMessage.Pat pat) {
            pat(json, pat.details());
        } else if (message instanceof SystemMessage.RoomTodo todo) {
            todo(json, todo.details());
        } else if (message instanceof SystemMessage.Voip voip) {
            CloudEventsJson.text(json, "text", voip.details().text());
        }
    }

    private static void notify(JsonGenerator json, Message.StatusNotify notify) {
        json.writeNumberProperty("code", notify.code());
        CloudEventsJson.texts(
                json,
                "userNames",
                notify.userNames().stream().map(UserName::value).toList());
        CloudEventsJson.texts(json, "realIds", notify.details().realIds());
        CloudEventsJson.texts(json, "unread", notify.details().unread());
    }

    private static void pat(JsonGenerator json, SystemMessage.Pat.Details details) {
        CloudEventsJson.text(json, "fromId", details.from());
        CloudEventsJson.text(json, "pattedId", details.patted());
        CloudEventsJson.known(json, "chatId", details.chat());
        CloudEventsJson.text(json, "text", details.text());
        CloudEventsJson.known(json, "suffix", details.suffix());
    }

    private static void todo(JsonGenerator json, SystemMessage.RoomTodo.Details details) {
        CloudEventsJson.known(json, "todoId", details.todoId());
        CloudEventsJson.text(json, "title", details.title());
        json.writeNumberProperty("operation", details.operation());
        CloudEventsJson.known(json, "creatorId", details.creator());
        CloudEventsJson.known(json, "operatorId", details.operator());
        CloudEventsJson.known(json, "replies", details.replies());
        CloudEventsJson.known(json, "aboutMsgId", details.message());
        CloudEventsJson.known(json, "text", details.text());
    }
}
