package io.wxflux.internal.wire;

import io.wxflux.model.MoneyMessage.RedPacket;
import io.wxflux.model.MoneyMessage.Transfer;

/** Transfers and red packets (PROTOCOL 9.4). */
final class MoneyDetails {
    private MoneyDetails() {}

    static Transfer.Details transfer(Material from) {
        XmlElement pay = from.app().at("wcpayinfo");
        int subType = Numbers.intOrZero(pay.text("paysubtype"));
        return new Transfer.Details(
                Material.first(from.app().text("des"), AppDetails.title(from)),
                pay.text("feedesc"),
                switch (subType) {
                    case 1 -> Transfer.Step.PENDING;
                    case 3 -> Transfer.Step.ACCEPTED;
                    default -> Transfer.Step.OTHER;
                },
                subType,
                pay.text("pay_memo"),
                pay.text("transferid"),
                // The service misspells it.
                Material.first(pay.text("transcationid"), pay.text("transactionid")),
                Numbers.time(pay.text("begintransfertime")),
                Numbers.time(pay.text("invalidtime")),
                pay.text("payer_username"),
                pay.text("receiver_username"));
    }

    static RedPacket.Details redPacket(Material from) {
        XmlElement pay = from.app().at("wcpayinfo");
        return new RedPacket.Details(
                AppDetails.title(from),
                from.app().text("des"),
                Material.first(pay.text("receivertitle"), pay.text("sendertitle")),
                pay.text("paymsgid"),
                Numbers.time(pay.text("invalidtime")));
    }
}
