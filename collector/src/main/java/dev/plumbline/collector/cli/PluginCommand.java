package dev.plumbline.collector.cli;

/** A command whose caller reads one line of standard output, whatever came of it. */
public interface PluginCommand {
    /** Says that it was called in a way that it does not know. */
    void refuse(String sentence);
}
