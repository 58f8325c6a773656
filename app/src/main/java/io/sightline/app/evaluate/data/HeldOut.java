package io.sightline.app.evaluate.data;

/**
 * Which of the crops in {@code faces/index.csv} no training may use: those that carry a group label and whose number is 7 modulo 20. Training leaves exactly these
 * out ({@code is_held_out} in {@code training/sightline_training/embedder/crops.py}).
 */
public final class HeldOut {
    private static final int MODULUS = 20;
    private static final int REMAINDER = 7;

    private HeldOut() {}

    /**
     * Whether training must leave the crop out.
     *
     * @param group its label, empty where it has none
     * @param name its number of up to nine digits, with or without an extension
     */
    public static boolean isHeldOut(String group, String name) {
        int dot = name.indexOf('.');
        String number = dot < 0 ? name : name.substring(0, dot);
        return !group.isBlank() && number.matches("\\d{1,9}") && Integer.parseInt(number) % MODULUS == REMAINDER;
    }
}
