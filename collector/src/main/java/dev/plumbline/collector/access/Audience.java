package dev.plumbline.collector.access;

/** Whom an rpc is for. */
public enum Audience {
    /** It stands in no table. */
    NOBODY,
    /** A host that has no certificate yet, with its join token. */
    STRANGER,
    /** Agents, by certificate, for their own segment. */
    AGENT,
    VIEWER,
    AUDITOR,
    OPERATOR,
    ADMINISTRATOR;

    /** Whether somebody of this role is among it. */
    public boolean includes(AccessRole role) {
        return switch (this) {
            case NOBODY, STRANGER, AGENT -> false;
            case VIEWER -> role.includes(AccessRole.VIEWER);
            case AUDITOR -> role.includes(AccessRole.AUDITOR);
            case OPERATOR -> role.includes(AccessRole.OPERATOR);
            case ADMINISTRATOR -> role.includes(AccessRole.ADMINISTRATOR);
        };
    }

    /** Follows "which". */
    public String said() {
        return switch (this) {
            case NOBODY -> "is for nobody";
            case STRANGER -> "is for hosts with a join token";
            case AGENT -> "is for agents";
            case VIEWER -> "needs the role viewer";
            case AUDITOR -> "needs the role auditor";
            case OPERATOR -> "needs the role operator";
            case ADMINISTRATOR -> "needs the role administrator";
        };
    }
}
