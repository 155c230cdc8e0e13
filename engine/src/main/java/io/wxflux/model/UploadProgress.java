package io.wxflux.model;

/**
 * How far an upload is.
 *
 * @param sent bytes that the service has acknowledged
 * @param total bytes of the whole file
 */
public record UploadProgress(long sent, long total) {}
