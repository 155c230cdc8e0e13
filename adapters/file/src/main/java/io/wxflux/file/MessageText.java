package io.wxflux.file;

import io.wxflux.model.AppMessage;
import io.wxflux.model.MediaMessage;
import io.wxflux.model.Message;
import io.wxflux.model.MoneyMessage;
import io.wxflux.model.PeopleMessage;
import io.wxflux.model.Person;
import io.wxflux.model.PlaceMessage;
import io.wxflux.model.Quoted;
import io.wxflux.model.QuotingMessage;
import io.wxflux.model.SystemMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a message says, on one line: texts as they are, everything else in a few words. Sanitised. */
final class MessageText {
    private static final int SHORT = 60;

    private MessageText() {}

    static String of(Message message) {
        String text = text(message);
        // Asked for last: of kinds that are read lazily the note is known only then.
        String note = message.note();
        return note == null ? text : text + " (" + TerminalText.line(note) + ")";
    }

    private static String text(Message message) {
        if (message instanceof Message.Text text) {
            return TerminalText.line(text.text());
        }
        if (message instanceof MediaMessage<?> media) {
            return media(media);
        }
        if (message instanceof AppMessage<?> app) {
            return app(app);
        }
        if (message instanceof PeopleMessage<?> people) {
            return people(people);
        }
        if (message instanceof PlaceMessage<?> place) {
            return place(place);
        }
        if (message instanceof MoneyMessage<?> money) {
            return money(money);
        }
        if (message instanceof QuotingMessage<?> quoting) {
            return quoting(quoting);
        }
        if (message instanceof SystemMessage<?> system) {
            return system(system);
        }
        return "[" + message.kind().suffix() + "]";
    }

    private static String media(MediaMessage<?> message) {
        if (message instanceof MediaMessage.Image image) {
            MediaMessage.Image.Details details = image.details();
            return said("picture", pixels(details.width(), details.height()), size(details.size()));
        }
        if (message instanceof MediaMessage.Voice voice) {
            return said("voice", time(voice.details().duration()));
        }
        if (message instanceof MediaMessage.Video video) {
            return said(
                    "video",
                    time(video.details().duration()),
                    size(video.details().size()));
        }
        MediaMessage.Emoticon.Details details = ((MediaMessage.Emoticon) message).details();
        return said("sticker", pixels(details.width(), details.height()), size(details.size()));
    }

    private static String app(AppMessage<?> message) {
        if (message instanceof AppMessage.Link link) {
            AppMessage.Link.Details details = link.details();
            if (!details.invitation().isEmpty()) {
                return said("invitation", details.title(), details.description());
            }
            return details.articles().size() > 1
                    ? said(
                            "articles",
                            details.articles().get(0).title(),
                            "and " + (details.articles().size() - 1) + " more")
                    : said("link", details.title(), details.url());
        }
        if (message instanceof AppMessage.File file) {
            return said("file", file.details().name(), size(file.details().size()));
        }
        if (message instanceof AppMessage.Music music) {
            return said("music", music.details().title(), music.details().description());
        }
        if (message instanceof AppMessage.MiniProgram program) {
            return said(
                    "mini program", program.details().name(), program.details().title());
        }
        if (message instanceof AppMessage.Channels post) {
            return said("channels", post.details().nickName(), post.details().description());
        }
        if (message instanceof AppMessage.GroupNotice notice) {
            return said("room notice", notice.details().text());
        }
        AppMessage.App.Details details = ((AppMessage.App) message).details();
        return said("app", details.title(), details.description());
    }

    private static String people(PeopleMessage<?> message) {
        if (message instanceof PeopleMessage.Card card) {
            return said("card", person(card.details().person()));
        }
        if (message instanceof PeopleMessage.FriendRequest request) {
            String content = request.details().content();
            return said(
                    "friend request",
                    person(request.details().person()) + (content.isBlank() ? "" : ": \"" + content + "\""));
        }
        return said(
                "possible friend",
                person(((PeopleMessage.PossibleFriend) message).details().person()));
    }

    private static String place(PlaceMessage<?> message) {
        if (message instanceof PlaceMessage.Location location) {
            return said(
                    "location", location.details().poiName(), location.details().label());
        }
        return said(
                "live location", ((PlaceMessage.LiveLocation) message).details().title());
    }

    private static String money(MoneyMessage<?> message) {
        if (message instanceof MoneyMessage.Transfer transfer) {
            MoneyMessage.Transfer.Details details = transfer.details();
            String step = switch (details.step()) {
                case PENDING -> "to be accepted";
                case ACCEPTED -> "accepted";
                case OTHER -> "";
            };
            return said("transfer", details.amount(), step, details.memo());
        }
        return said("red packet", ((MoneyMessage.RedPacket) message).details().greeting());
    }

    private static String quoting(QuotingMessage<?> message) {
        if (message instanceof QuotingMessage.Quote quote) {
            Quoted quoted = quote.details().quoted();
            String answer = TerminalText.line(quote.details().text());
            return quoted == null ? answer : answer + " [re " + quoted(quoted) + "]";
        }
        QuotingMessage.ChatHistory.Details details = ((QuotingMessage.ChatHistory) message).details();
        int count = details.items().size();
        return said("chat history", details.title(), count == 0 ? "" : count + (count == 1 ? " message" : " messages"));
    }

    private static String quoted(Quoted quoted) {
        String who = quoted.senderName().isBlank() ? "" : TerminalText.line(quoted.senderName(), 24) + ": ";
        return who
                + (quoted.text().isBlank()
                        ? quoted.kind().suffix()
                        : "\"" + TerminalText.line(quoted.text(), SHORT) + "\"");
    }

    private static String system(SystemMessage<?> message) {
        if (message instanceof Message.SystemNotice notice) {
            return said("system", notice.text());
        }
        if (message instanceof Message.Recall recall) {
            return said("recall", recall.notice());
        }
        if (message instanceof SystemMessage.Pat pat) {
            return said("pat", withIds(pat.details().text()));
        }
        if (message instanceof SystemMessage.RoomTodo todo) {
            return said("to-do", todo.details().title(), withIds(todo.details().text()));
        }
        if (message instanceof SystemMessage.Voip call) {
            return said("call", call.details().text());
        }
        return "[" + message.kind().suffix() + "]";
    }

    /** Lasting ids stand in such texts as <code>${id}</code>; nobody here knows their names. */
    private static String withIds(String text) {
        return text.replaceAll("\\$\\{([^}]*)}", "$1");
    }

    private static String person(Person person) {
        return person.alias().isBlank() ? person.nickName() : person.nickName() + " (" + person.alias() + ")";
    }

    /** What it is, and what is known of it. */
    private static String said(String what, @Nullable String... known) {
        List<String> parts = new ArrayList<>();
        for (String part : known) {
            if (part != null && !part.isBlank()) {
                parts.add(TerminalText.line(part));
            }
        }
        return "[" + what + "]" + (parts.isEmpty() ? "" : " " + String.join(", ", parts));
    }

    private static String pixels(int width, int height) {
        return width > 0 && height > 0 ? width + "x" + height : "";
    }

    private static String time(Duration duration) {
        long seconds = Math.round(duration.toMillis() / 1_000.0);
        return seconds <= 0 ? "" : seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }

    private static String size(long bytes) {
        if (bytes <= 0) {
            return "";
        }
        if (bytes < 1_000) {
            return bytes + " B";
        }
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.0f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
