package io.wxflux.internal.wire;

import io.wxflux.model.Lazily;
import io.wxflux.model.Message.SystemNotice;
import io.wxflux.model.SystemEvent.Named;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * System notices: plain texts, texts in XML, and templates with the people in a list besides (PROTOCOL 9.5), which say
 * more than the text with the names put in.
 */
final class NoticeDetails {
    private NoticeDetails() {}

    static SystemNotice.Details plain(String text) {
        return new SystemNotice.Details(text, NoticePhrases.event(text, NoticeNames.PLAIN));
    }

    /** A text is a text, whatever stands in the names in it. */
    static Lazily<SystemNotice.Details> lazily(String content) {
        return Lazily.by(() -> new Lazily.Outcome<>(plain(ContentText.decode(content)), null));
    }

    static SystemNotice.Details xml(Material from) {
        XmlElement root = from.xml();
        XmlElement body = root.at(root.attribute("type"));
        return switch (root.attribute("type")) {
            case "sysmsgtemplate" -> template(body.at("content_template"));
            case "delchatroommember" -> invited(body);
            default -> {
                String text = Material.first(
                        body.text("content"), body.text("plain"), body.text("text"), body.text(), root.text());
                yield plain(text);
            }
        };
    }

    /** The ids of those who came stand besides, in the order of their names. */
    private static SystemNotice.Details invited(XmlElement body) {
        String text = Material.first(body.text("plain"), body.text("text"));
        List<String> ids = new ArrayList<>();
        for (XmlElement name : body.at("link", "memberlist").all("username")) {
            ids.add(name.text());
        }
        return new SystemNotice.Details(text, NoticePhrases.event(text, new NoticeNames(Map.of(), ids)));
    }

    private static SystemNotice.Details template(XmlElement body) {
        String template = body.text("template");
        if (template.isEmpty()) {
            return plain(body.text("plain"));
        }
        Map<String, List<Named>> people = new HashMap<>();
        Map<String, String> texts = new HashMap<>();
        for (XmlElement link : body.at("link_list").all("link")) {
            List<Named> members = members(link);
            String name = "$" + link.attribute("name") + "$";
            people.put(name, members);
            texts.put(name, link.attribute("hidden").equals("1") ? "" : shown(link, members));
        }
        return new SystemNotice.Details(
                filled(template, texts), NoticePhrases.event(template, new NoticeNames(people, List.of())));
    }

    private static List<Named> members(XmlElement link) {
        List<Named> members = new ArrayList<>();
        for (XmlElement member : link.at("memberlist").all("member")) {
            members.add(new Named(ContentText.decodeName(member.text("nickname")), false, member.text("username")));
        }
        return members;
    }

    private static String shown(XmlElement link, List<Named> members) {
        String separator = Material.first(link.text("separator"), "、");
        String names = String.join(separator, members.stream().map(Named::name).toList());
        return Material.first(names, link.text("title"));
    }

    /** In one pass over the template: names may look like places for names. */
    private static String filled(String template, Map<String, String> texts) {
        var out = new StringBuilder();
        int from = 0;
        int open = template.indexOf('$');
        while (open >= 0) {
            int close = template.indexOf('$', open + 1);
            if (close < 0) {
                break;
            }
            String text = texts.get(template.substring(open, close + 1));
            if (text == null) {
                out.append(template, from, close);
                from = close;
                open = close;
            } else {
                out.append(template, from, open).append(text);
                from = close + 1;
                open = template.indexOf('$', from);
            }
        }
        return out.append(template, from, template.length()).toString().strip();
    }
}
