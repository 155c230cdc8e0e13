package io.wxflux.internal.protocol;

/**
 * A file that the service has, for this session. Prints sizes only.
 *
 * @param mediaId by which it is sent
 * @param signature goes into the message when the file passed webwxcheckupload; else empty
 * @param aesKey of webwxcheckupload; else empty
 * @param encryFileName as the service writes the name
 * @param fileName as it was given
 * @param size in bytes
 * @param md5 in small hexadecimal letters
 */
public record UploadedMedia(
        String mediaId, String signature, String aesKey, String encryFileName, String fileName, long size, String md5) {
    @Override
    public String toString() {
        return "UploadedMedia[" + size + " bytes]";
    }
}
