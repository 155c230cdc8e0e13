package io.wxflux.internal.wire;

import io.wxflux.model.QuotingMessage.ChatHistory;
import java.util.ArrayList;
import java.util.List;

/** Messages passed on together (PROTOCOL 9.4, app message 19): a document of its own in {@code recorditem}. */
final class HistoryDetails {
    private HistoryDetails() {}

    static ChatHistory.Details history(Material from) {
        XmlElement app = from.app();
        XmlElement item = app.at("recorditem");
        XmlElement info = item.at("recordinfo");
        if (info == XmlElement.NONE) {
            XmlElement root = XmlReader.read(item.text(), XmlReader.CONTENT_LIMIT);
            info = root == null ? XmlElement.NONE : root.name().equals("recordinfo") ? root : root.at("recordinfo");
        }
        return new ChatHistory.Details(
                Material.first(AppDetails.title(from), info.text("title")),
                Material.first(app.text("des"), info.text("desc")),
                items(info.at("datalist")));
    }

    private static List<ChatHistory.Item> items(XmlElement list) {
        List<ChatHistory.Item> items = new ArrayList<>();
        for (XmlElement item : list.all("dataitem")) {
            int type = Numbers.intOrZero(item.attribute("datatype"));
            items.add(new ChatHistory.Item(
                    MessageKinds.ofRecord(type),
                    type,
                    item.text("sourcename"),
                    Material.first(item.text("datadesc"), item.text("datatitle"), item.text("location", "poiname")),
                    item.text("sourcetime"),
                    Numbers.time(item.text("srcMsgCreateTime")),
                    Numbers.orZero(item.text("datasize"))));
        }
        return items;
    }
}
