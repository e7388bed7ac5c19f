// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// OutputDistance: how far the outputs of a varied model are from the original's, on samples without
// labels. Choices between settings are made by it.
//
// Outputs that are probabilities (a softmax writes them) are compared by half the sum of absolute
// differences, the largest difference in probability that any event can have; for confident models
// it is the share of samples with another answer, but it changes smoothly. Other outputs are
// compared by the root of the squared error as a share of their root mean square. Both are 0 for
// equal models; several outputs count equally.

#include "calibration/real_inputs.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/work.h"

namespace calibration {

class OutputDistance {
public:
    /// Runs the original on the samples.
    static types::Result<OutputDistance> create(const types::Graph& original,
                                                std::vector<RealSample> samples,
                                                const types::Work& work = {});

    /// Runs a varied model, which has the outputs of the original, and returns its distance.
    types::Result<double> to(const types::Graph& varied, const types::Work& work = {}) const;
    size_t samples() const { return m_samples.size(); }

private:
    /// Per output, per sample: real values.
    using Outputs = std::vector<std::vector<std::vector<float>>>;
    types::Result<Outputs> outputsOf(const types::Graph& graph, const types::Work& work) const;

    std::vector<RealSample> m_samples;
    std::vector<bool> m_isProbability;  ///< per output
    Outputs m_outputs;
};

/// Splits samples into those to learn from and, every fourth, those to judge choices by (at most
/// `mostHeldBack`).
struct HeldBackSamples {
    RealInputsPtr learned;
    std::vector<RealSample> heldBack;
};
HeldBackSamples holdBack(const RealInputs& inputs, size_t mostHeldBack = 128);

}  // namespace calibration
