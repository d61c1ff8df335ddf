package dev.plumbline.collector.web;

import java.util.Optional;

/**
 * What is around every page.
 *
 * @param who is signed in, as the audit log calls them; empty = nobody is
 * @param events id of the latest change that the page shows; empty = it is not live
 */
public record Frame(
        String title,
        String site,
        String current,
        Optional<Who> who,
        Optional<String> events,
        Optional<String> at,
        Assets assets) {
    /** @param isAuditor may ask for reports */
    public record Who(String name, String role, String sees, boolean isAuditor) {}

    /** A page for nobody in particular. */
    static Frame bare(String title, Assets assets) {
        return new Frame(title, "", "", Optional.empty(), Optional.empty(), Optional.empty(), assets);
    }

    public String asset(String name) {
        return assets.path(name);
    }

    /** A path of the same time. */
    public String then(String path) {
        return at.map(t -> Links.with(path, "at", t)).orElse(path);
    }
}
