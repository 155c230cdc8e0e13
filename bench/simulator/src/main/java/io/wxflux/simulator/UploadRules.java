package io.wxflux.simulator;

/** The numbers of an upload. */
final class UploadRules {

    /** Bytes in every chunk but the last. */
    static final int CHUNK = 524_288;

    /** Files above this need webwxcheckupload. */
    static final long CHECKED_FROM = 25L * 1024 * 1024;

    private UploadRules() {}
}
