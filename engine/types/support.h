// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Compatibility: whether runtimes take the operators of a model, and what an arena needs with the
// kernels of a library. engine/compat makes both; texts and tables print them.
//
// A fact that no document or source states is Unknown, never a guess.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "types/evaluation.h"

namespace types {

/// How a runtime takes an operator, best first.
enum class Support : int8_t {
    Runs,       ///< with the kernel that the runtime has for it
    FallsBack,  ///< with a slower kernel, which the reason names
    Unknown,    ///< neither documented nor read in the source
    Wrong,      ///< runs, and its outputs are wrong or memory is overwritten
    Refused,    ///< does not load or stops
};

/// Names in JSON and tables, in the order of Support.
inline constexpr std::array<const char*, 5> kSupportNames = {"runs", "falls back", "unknown",
                                                             "wrong", "refused"};

constexpr const char* nameOf(Support support) {
    return kSupportNames[static_cast<size_t>(support)];
}

struct LayerSupport {
    Support verdict = Support::Unknown;
    std::string reason;   ///< "takes int8 or float32, not int16"; empty for Runs
    std::string source;   ///< document or source file, and its version
    std::string rewrite;  ///< flag of the change that helps: "--select-v2"; empty: none of ours
};

/// One release of one runtime and the operators of a model.
struct RuntimeSupport {
    std::string id;    ///< "tflm+esp-nn@1.2.3"
    std::string name;  ///< "TFLM with ESP-NN 1.2.3"
    std::string note;  ///< what holds for the whole runtime: "reads .pte files"; may be empty
    std::vector<LayerSupport> layers;  ///< one per operator of the first subgraph
    /// Of the other subgraphs and of tensors that no operator touches: the worst.
    LayerSupport rest = {Support::Runs, {}, {}, {}};

    /// The worst of all operators; Runs for a model without operators.
    Support worst() const {
        Support result = rest.verdict;
        for (const LayerSupport& layer : layers)
            result = std::max(result, layer.verdict);
        return result;
    }
    /// Nothing where an operator is unknown and none is wrong or refused.
    std::optional<bool> runs() const {
        if (worst() == Support::Unknown) return std::nullopt;
        return worst() < Support::Unknown;
    }
};

/// The arena of TFLM with one release of a kernel library.
struct KernelArena {
    std::string library;  ///< "esp-nn@1.2.3 for ESP32-S3"
    std::string source;   ///< "tag v1.2.0, April 2026"
    TflmArena arena;
    std::vector<std::optional<int64_t>> scratchBytes;  ///< per operator of the first subgraph
};

/// What changes for a model between two kernel libraries.
struct KernelUpgrade {
    struct Layer {
        int32_t index = 0;
        std::string op;  ///< "#3 CONV_2D"
        std::optional<int64_t> scratchBefore, scratchAfter;
        LayerSupport before, after;
    };
    KernelArena before, after;
    std::vector<Layer> layers;  ///< those that change
};

}  // namespace types
