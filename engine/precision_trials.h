// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// PrecisionTrials: what a model is worth with other precisions in its layers, compared with the
// same model before quantization on samples held back from calibration.

#include <optional>
#include <vector>

#include "calibration/output_distance.h"
#include "calibration/real_inputs.h"
#include "scoring/model_outputs.h"
#include "types/device_profile.h"
#include "types/graph.h"
#include "types/mixed_precision.h"
#include "types/result.h"
#include "types/work.h"

namespace engine {

/// One for each of PrecisionTrials::layers().
using Precisions = std::vector<types::Precision>;

class PrecisionTrials {
public:
    /// References must outlive the object. `device` may be null.
    PrecisionTrials(const types::GraphPtr& graph, const types::Variation& variation,
                    types::DevicePtr device, const types::Work& work)
        : m_graph(graph), m_variation(variation), m_device(std::move(device)), m_work(work) {}

    /// Applies all knobs but those of types, and chooses samples: random ones where `calibration`
    /// is null or holds few. First of all calls. Errors: those of transform::apply().
    types::Result<void> prepare(const calibration::RealInputsPtr& calibration);

    /// Those whose precision is open.
    const std::vector<types::PrecisionChoice>& layers() const { return m_layers; }
    /// The model before quantization.
    const types::Graph& floats() const { return *m_floats; }
    bool hasData() const { return m_hasData; }
    int32_t samples() const { return static_cast<int32_t>(m_inputs.samples.size()); }

    /// The variation that gives each layer its precision, and no repair but one of rounding.
    types::Variation decided(const Precisions& precisions, bool reconstructs) const;
    types::Result<types::GraphPtr> built(const Precisions& precisions, bool reconstructs) const;

    /// Flash and latency alone.
    types::PrecisionWorth needsOf(const types::Graph& graph) const;
    types::Result<types::PrecisionWorth> worthOf(const types::Graph& graph) const;
    types::Result<types::PrecisionWorth> worthOf(const Precisions& precisions,
                                                 bool reconstructs) const;

    /// False where no kernel computes so, or TFLM refuses the model for it.
    bool isPossible(const types::Graph& graph, size_t layer, types::Precision precision) const;

private:
    types::Result<void> runOriginal();
    void listLayers();
    int64_t flashOf(const types::Graph& graph) const;

    const types::GraphPtr& m_graph;
    const types::Variation& m_variation;
    const types::DevicePtr m_device;
    const types::Work& m_work;
    types::GraphPtr m_floats;          ///< varied in all but its types
    calibration::RealInputs m_inputs;  ///< held back
    calibration::RealInputsPtr m_learned;
    bool m_hasData = false;
    std::optional<calibration::OutputDistance> m_judge;
    scoring::ModelOutputs m_outputs;
    std::vector<types::PrecisionChoice> m_layers;
};

}  // namespace engine
