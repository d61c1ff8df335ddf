package dev.plumbline.deploy.scenarios;

import java.util.List;

/** Two segments change roles, so that nothing can be right only because of a segment's name. */
record Swap(String one, String other) {
    static final Swap NONE = new Swap("", "");

    /**
     * Reads {@code wifi,guest}.
     *
     * @throws IllegalArgumentException with a sentence when it is no pair
     */
    static Swap parse(String text) {
        String[] names = text.split(",", -1);
        if (names.length != 2 || names[0].isBlank() || names[1].isBlank() || names[0].equals(names[1])) {
            throw new IllegalArgumentException("'" + text + "' is no pair of segments; write two as in wifi,guest");
        }
        return new Swap(names[0], names[1]);
    }

    String place(String place) {
        if (place.equals(one)) {
            return other;
        }
        return place.equals(other) ? one : place;
    }

    List<Setting> settings(List<Setting> settings) {
        return settings.stream().map(s -> s.at(place(s.place()))).toList();
    }

    List<Claim> claims(List<Claim> claims) {
        return claims.stream().map(c -> c.at(place(c.place()))).toList();
    }
}
