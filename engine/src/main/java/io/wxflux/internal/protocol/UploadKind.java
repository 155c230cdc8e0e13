package io.wxflux.internal.protocol;

/** What an upload is to be sent as: it decides what may be in it (PROTOCOL 11.2). */
public enum UploadKind {
    PICTURE,
    VIDEO,
    EMOTICON,
    FILE
}
