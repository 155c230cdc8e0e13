package io.wxflux.event;

import io.wxflux.model.AccountId;
import io.wxflux.model.UserName;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an account. {@link MessageReceived}, {@link ContactEvent}, {@link SendEvent} and those
 * {@linkplain Lifecycle lifecycle} events whose {@link #isJournaled()} is true are journaled and reach every sink at least
 * once, in order; the others are live only.
 */
public sealed interface AccountEvent permits MessageReceived, Lifecycle, ContactEvent, SendEvent {
    EventHead head();

    default AccountId account() {
        return head().account();
    }

    /** The CloudEvents type, such as {@code wx.message.text}; part of the contract, never renamed. */
    String type();

    /** The conversation; null when the event belongs to none. */
    default @Nullable UserName subject() {
        return null;
    }

    boolean isJournaled();
}
