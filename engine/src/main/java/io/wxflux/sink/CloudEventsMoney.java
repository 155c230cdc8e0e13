package io.wxflux.sink;

import io.wxflux.model.MoneyMessage;
import tools.jackson.core.JsonGenerator;

/** What transfers and red packets say. */
final class CloudEventsMoney {
    private CloudEventsMoney() {}

    static void write(JsonGenerator json, MoneyMessage<?> message) {
        if (message instanceof MoneyMessage.Transfer transfer) {
            transfer(json, transfer.details());
        } else if (message instanceof MoneyMessage.RedPacket redPacket) {
            redPacket(json, redPacket.details());
        }
    }

    private static void transfer(JsonGenerator json, MoneyMessage.Transfer.Details details) {
        CloudEventsJson.known(json, "description", details.description());
        CloudEventsJson.text(json, "amount", details.amount());
        json.writeStringProperty("step", CloudEventsJson.word(details.step()));
        CloudEventsJson.known(json, "subType", details.subType());
        CloudEventsJson.known(json, "memo", details.memo());
        CloudEventsJson.known(json, "transferId", details.transferId());
        CloudEventsJson.known(json, "transactionId", details.transactionId());
        CloudEventsJson.known(json, "begun", details.begun());
        CloudEventsJson.known(json, "expires", details.expires());
        CloudEventsJson.known(json, "payerId", details.payer());
        CloudEventsJson.known(json, "receiverId", details.receiver());
    }

    private static void redPacket(JsonGenerator json, MoneyMessage.RedPacket.Details details) {
        CloudEventsJson.text(json, "title", details.title());
        CloudEventsJson.known(json, "description", details.description());
        CloudEventsJson.known(json, "greeting", details.greeting());
        CloudEventsJson.known(json, "paymentId", details.paymentId());
        CloudEventsJson.known(json, "expires", details.expires());
    }
}
