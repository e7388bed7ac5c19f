// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Optimizer: changes the parameters of a Network by their gradients: Adam (Kingma, Ba 2015) or
// gradient descent with momentum. Each tensor's steps are scaled by the root mean square of its
// values at the start: layers with folded normalization differ by factors of hundreds.
//
// Inputs far from zero (pixels of 0 to 255) make the weights of the first layer steep and tie them
// to its biases. With a Centring the optimizer steps in the weights that the centred input
// (x - mean) / deviation would have; the function that the model computes is the same.
//
// Owns its state; the network must outlive it.

#include <optional>
#include <vector>

#include "learning/network.h"

namespace learning {

enum class Method : int8_t { Adam, Descent };

/// The first layer and the mean and standard deviation of its input.
struct Centring {
    int32_t weights = -1, bias = -1;  ///< tensors
    bool channelsLast = false;        ///< weights of one channel lie apart (depthwise)
    float mean = 0, deviation = 1;
};

struct OptimizerOptions {
    Method method = Method::Adam;
    double momentum = 0.9;
    double squares = 0.999;  ///< Adam: memory of squared gradients
    bool keepZeros = false;  ///< weights that are 0 at the start stay 0
    std::optional<Centring> centring;
};

class Optimizer {
public:
    Optimizer(std::span<const Parameter> parameters, OptimizerOptions options);

    /// One step with the gradients of the last backward().
    void step(double rate);
    /// Everything that step() remembers, in a fixed order, for a resumed training.
    std::vector<std::span<float>> state();
    int64_t steps() const { return m_steps; }
    void setSteps(int64_t steps) { m_steps = steps; }

private:
    struct Slot {
        std::span<float> value, gradient;
        float scale = 1;
        std::vector<float> momentum, squares;
        std::vector<bool> zero;
    };
    void centre(bool intoCentred);
    void centreGradients();
    void stepSlot(Slot& slot, double rate) const;

    OptimizerOptions m_options;
    std::vector<Slot> m_slots;
    std::optional<size_t> m_weights, m_bias;  ///< slots of the centred layer
    int64_t m_steps = 0;
};

/// Finds the layer that reads the model's input, perhaps behind reshapes; nothing where it has no
/// bias, or where something else reads the input, too.
std::optional<Centring> centringOf(const types::Graph& graph);

}  // namespace learning
