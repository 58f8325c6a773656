package io.sightline.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtProvider;
import io.sightline.inference.ModelException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A runtime built with CUDA, on machines with and without a device; none is needed here. */
class ProviderSearchTest {
    private static final Set<OrtProvider> BUILT = EnumSet.of(OrtProvider.CPU, OrtProvider.CUDA);

    @Test
    void theFirstListedProviderThatWorksIsTaken() {
        ProviderSearch.Found<String> found = search(Provider.CUDA, Provider.CPU).open(Provider::toString);

        assertThat(found.opened()).isEqualTo("cuda");
        assertThat(found.choice()).isEqualTo(new ProviderChoice(Provider.CUDA, List.of()));
    }

    @Test
    void aProviderThatIsBuiltInButHasNoDeviceIsPassedOverWhereTheCpuIsListed() {
        ProviderSearch search = search(Provider.CUDA, Provider.CPU);

        ProviderSearch.Found<String> found = search.open(provider -> withoutDevice(search, provider));

        assertThat(found.opened()).isEqualTo("cpu");
        assertThat(found.choice().provider()).isEqualTo(Provider.CPU);
        assertThat(found.choice().passedOver()).singleElement().asString().contains("no CUDA-capable device");
    }

    @Test
    void aProviderThatIsBuiltInButHasNoDeviceIsAnErrorOtherwise() {
        ProviderSearch search = search(Provider.CUDA);

        assertThatThrownBy(() -> search.open(provider -> withoutDevice(search, provider)))
                .isInstanceOf(ProviderException.class)
                .hasMessage(
                        "model m: provider cuda fails (no CUDA-capable device); providers asked for: cuda; built into"
                                + " this ONNX Runtime: cpu, cuda. Check the driver, its libraries and the device, or list cpu last"
                                + " to allow the CPU instead")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aMissingProviderIsNamedEvenWhereTheNextOneIsThere() {
        assertThatThrownBy(() -> search(Provider.TENSORRT, Provider.CUDA).open(Provider::toString))
                .isInstanceOf(ProviderException.class)
                .hasMessageStartingWith("model m: provider tensorrt is not in this ONNX Runtime; providers asked for:"
                        + " tensorrt, cuda; built into this ONNX Runtime: cpu, cuda.");
    }

    @Test
    void aBrokenModelIsNoMissingProvider() {
        assertThatThrownBy(() -> search(Provider.CUDA, Provider.CPU).open(provider -> {
                    throw new ModelException("broken");
                }))
                .isExactlyInstanceOf(ModelException.class)
                .hasMessage("broken");
    }

    private static ProviderSearch search(Provider... listed) {
        return new ProviderSearch("m", List.of(listed), BUILT);
    }

    private static String withoutDevice(ProviderSearch search, Provider provider) {
        if (provider == Provider.CUDA) {
            throw search.failed(provider, new IllegalStateException("no CUDA-capable device"));
        }
        return provider.toString();
    }
}
