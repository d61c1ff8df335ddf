package dev.plumbline.deploy.scenarios;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * What an agent's programs said in one segment under one fault.
 *
 * @param probe of {@code plumbline-agent probe --json}; missing when no target was asked
 * @param holds of {@code plumbline-agent hold --json}; missing when nothing was held
 */
record Sighting(JsonNode probe, JsonNode holds) {
    static final JsonNode NOTHING = MissingNode.getInstance();
    private static final ObjectMapper JSON = new ObjectMapper();

    static JsonNode read(String program, String json) throws Trouble {
        try {
            JsonNode tree = JSON.readTree(json);
            if (!tree.isObject()) {
                // What must not hold would seem to agree.
                throw new Trouble(program + " gave no JSON object");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw new Trouble(program + " gave no JSON: " + e.getOriginalMessage());
        }
    }
}
