package io.wxflux;

import io.wxflux.model.AppMessage;
import io.wxflux.model.MediaContent;
import io.wxflux.model.MediaMessage;
import io.wxflux.model.Message;
import io.wxflux.model.PeopleMessage;
import io.wxflux.model.Place;
import io.wxflux.model.PlaceMessage;
import io.wxflux.model.UserName;
import reactor.core.publisher.Mono;

/**
 * Fetches what messages and contacts speak of. Ids and names are of one login: of a message that came before the last
 * login, most is not to be had any more.
 *
 * <p>Of all methods: <b>emits</b> once the service has begun to give it. <b>Errors</b>
 * {@link io.wxflux.error.MediaUnavailableException} when it gives nothing, three times in a row, or a page instead (its
 * remedy says whether to ask again later), {@link io.wxflux.error.HostUnreachableException},
 * {@link io.wxflux.error.SessionEndedException}, {@link io.wxflux.error.EngineStateException} while the account is not
 * signed in. <b>Cancellation</b> hangs up. <b>Threads</b> an engine thread that must not be blocked. At most three things
 * of an account are fetched at once from each host, further ones wait.
 */
public interface Media {
    /** The picture as it was sent. */
    Mono<MediaContent> image(MediaMessage.Image message);

    /** The small picture of an image, a video, a link or a location; an error for other kinds. */
    Mono<MediaContent> thumbnail(Message message);

    /** The sticker, animated if it is. Those of the store are never to be had. */
    Mono<MediaContent> emoticon(MediaMessage.Emoticon message);

    /** The spoken message, as MP3. */
    Mono<MediaContent> voice(MediaMessage.Voice message);

    /** The video. Some that phones recorded are never to be had. */
    Mono<MediaContent> video(MediaMessage.Video message);

    /** The file, under the name its sender gave it. */
    Mono<MediaContent> file(AppMessage.File message);

    /** A picture of the map. */
    Mono<MediaContent> map(PlaceMessage.Location message);

    /**
     * Where a place is. Locations tell it themselves: then nothing is asked, and the account need not be signed in. Of the
     * old form, which has nothing but a page, that page is read, on WeChat's own hosts only and without cookies: its title is
     * the label, and coordinates are there if it or its address tells them. {@link
     * io.wxflux.error.MediaUnavailableException} when it tells nothing or leads to any other host.
     */
    Mono<Place> place(PlaceMessage.Location message);

    /** The head image of a contact or a room of this login; small. */
    Mono<MediaContent> headImage(UserName contact);

    /** The same, as large as there is. */
    Mono<MediaContent> largeHeadImage(UserName contact);

    /** The head image of a member of a room, friend or not. */
    Mono<MediaContent> headImage(UserName room, UserName member);

    /** The head image of whom a card, a friend request or a proposal is about. */
    Mono<MediaContent> headImage(PeopleMessage<?> message);
}
