// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Optimizer: changes the parameters of a Network by their gradients: Adam (Kingma, Ba 2015) or
// gradient descent with momentum. Layers with folded normalization differ by factors of hundreds:
// steps are relative to the root mean square of the values that a tensor, or the output channel of
// a layer, has at the start. Layers are stepped in centred coordinates (centring.h).
//
// Owns its state; the network must outlive it.

#include <vector>

#include "learning/centring.h"

namespace learning {

enum class Method : int8_t { Adam, Descent };

struct OptimizerOptions {
    Method method = Method::Adam;
    double momentum = 0.9;
    double squares = 0.999;  ///< Adam: memory of squared gradients
    bool keepZeros = false;  ///< weights that are 0 at the start stay 0
    std::vector<CentredLayer> layers = {};
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
        std::vector<float> scales;  ///< one, or one per output channel
        size_t inner = 1;           ///< of the channel axis
        std::vector<float> momentum, squares;
        std::vector<bool> zero;
    };
    /// Slots of a layer whose steps are centred.
    struct Pair {
        size_t weights, bias;
        const CentredLayer* layer;
    };
    void addSlot(const Parameter& parameter);
    void pairSlots(std::span<const Parameter> parameters);
    void setBiasScales(const Pair& pair);
    void centreGradients(const Pair& pair);
    /// Moves the bias so that the centred one does not feel the step of the weights.
    void keepCentred(const Pair& pair, std::span<const float> before);
    /// Factors of the values of one scale.
    struct Step {
        float momentum, squares, unbiased, length;
    };
    void stepSlot(Slot& slot, double rate) const;
    void stepValue(Slot& slot, size_t i, const Step& step) const;

    OptimizerOptions m_options;
    std::vector<Slot> m_slots;
    std::vector<Pair> m_pairs;
    std::vector<float> m_before;
    int64_t m_steps = 0;
};

}  // namespace learning
