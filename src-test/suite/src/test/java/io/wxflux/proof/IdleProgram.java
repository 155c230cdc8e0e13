package io.wxflux.proof;

/** A JVM that does nothing, to count its threads. */
final class IdleProgram {
    private IdleProgram() {}

    public static void main(String[] args) throws InterruptedException {
        System.out.println("idle");
        Thread.currentThread().join();
    }
}
