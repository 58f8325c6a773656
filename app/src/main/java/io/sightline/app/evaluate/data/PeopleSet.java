package io.sightline.app.evaluate.data;

import io.sightline.app.enrol.Photo;
import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.Landmarks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pictures of people by name, and which of them are compared.
 *
 * @param source what it is, for the report
 * @param pictures sorted by person, then by number or name
 * @param pairs the verification protocol; indices into {@code pictures}
 * @param problems what of the folder could not be used, one sentence each
 */
public record PeopleSet(String source, List<FacePicture> pictures, List<Pair> pairs, List<String> problems) {
    public PeopleSet {
        pictures = List.copyOf(pictures);
        pairs = List.copyOf(pairs);
        problems = List.copyOf(problems);
    }

    /**
     * One picture; the person it belongs to is in its middle.
     *
     * @param face where the face is, where that is known
     */
    public record FacePicture(String person, Photo photo, Optional<GivenFace> face) {}

    /**
     * A face as it was labelled.
     *
     * @param landmarks pixel middles as whole numbers plus a half, as all of the product has it
     */
    public record GivenFace(Box box, Landmarks landmarks) {}

    /**
     * One comparison.
     *
     * @param fold from 0
     */
    public record Pair(int fold, int first, int second, boolean isMated) {}

    /** Whether every picture's face is known. */
    public boolean hasLandmarks() {
        return pictures.stream().allMatch(picture -> picture.face().isPresent());
    }

    /** People in their order, numbered from 0. */
    public Map<String, Integer> persons() {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        pictures.forEach(picture -> numbers.putIfAbsent(picture.person(), numbers.size()));
        return numbers;
    }
}
