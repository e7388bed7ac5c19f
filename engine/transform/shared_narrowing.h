// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SharedNarrowing: what variations of one model compute alike when channels are removed: groups
// and scores, the model after its width, and the original's activations on the samples that
// recovery learns from. ApplyContext::shared passes it on; results are the same with it and
// without.
//
// Ownership: keeps the original, some models after their width, and activations of at most
// kMostActivationBytes (original_activations.h). Thread rules: many threads; what one of them
// computes the others wait for.

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "transform/channels/kept_elements.h"
#include "transform/channels/measured_channels.h"
#include "transform/recovery/original_activations.h"
#include "types/memo.h"

namespace transform {

/// A model after the knobs of width.
struct Widened {
    types::GraphPtr graph;
    KeptElements kept;
    std::vector<std::string> changes;
};

class SharedNarrowing {
public:
    explicit SharedNarrowing(types::GraphPtr original) : m_original(std::move(original)) {}

    /// Variations of another graph share nothing here.
    bool serves(const types::GraphPtr& graph) const { return graph == m_original; }

    /// Groups and scores of the original or of a model from widened().
    types::Result<MeasuredChannelsPtr> channels(const types::GraphPtr& graph) {
        if (serves(graph))
            return m_channels.get({}, [&] { return MeasuredChannels::create(graph); });
        auto made = m_widenedChannels.get(graph, [&] { return MeasuredChannels::create(graph); });
        m_widenedChannels.keep(kWidened);
        return made;
    }

    /// `make` carries out the knobs of width of `variation`, and no others, on the original.
    template <typename Make>
    types::Result<Widened> widened(const types::Variation& variation, Make&& make) {
        auto made = m_widened.get(keyOf(variation), std::forward<Make>(make));
        m_widened.keep(kWidened);
        return made;
    }

    /// `make` runs the original on `samples` of the inputs.
    template <typename Make>
    types::Result<OriginalActivationsPtr> activations(const calibration::RealInputsPtr& inputs,
                                                      size_t samples, Make&& make) {
        auto made = m_activations.get({inputs, samples}, std::forward<Make>(make));
        m_activations.keep(1);
        return made;
    }

private:
    static constexpr size_t kWidened = 64;
    /// Width of the model and of layers, and the multiple of channels.
    using WidthKey = std::vector<double>;

    static WidthKey keyOf(const types::Variation& variation) {
        WidthKey key{variation.width, static_cast<double>(variation.channelMultiple)};
        for (const auto& [layer, knobs] : variation.layers)
            if (knobs.width) key.insert(key.end(), {static_cast<double>(layer), *knobs.width});
        return key;
    }

    types::GraphPtr m_original;
    types::Memo<std::monostate, MeasuredChannelsPtr> m_channels;
    types::Memo<types::GraphPtr, MeasuredChannelsPtr> m_widenedChannels;
    types::Memo<WidthKey, Widened> m_widened;
    types::Memo<std::pair<calibration::RealInputsPtr, size_t>, OriginalActivationsPtr>
        m_activations;
};

}  // namespace transform
