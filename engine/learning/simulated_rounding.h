// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to Network: simulated rounding. Weights, biases and activations take the real values of
// the codes that quantize() gives them (quantize::planCodes()), so that floats compute what the
// integer kernels compute, up to the rounding of single codes.
//
// Backwards, rounding counts as the identity within the range of the codes and as a constant beyond
// it (straight-through estimator). Scales of activations, and of 4-bit weights, are learned as
// logarithms with the gradient of LSQ (Esser et al. 2020, "Learned step size quantization",
// equation 3), for scale s, values v and codes q:
//     d(s q)/ds = round(v / s) - v / s inside, the lowest or highest code beyond,
// times 1 / sqrt(number of values * highest code). Without learning, ranges of activations follow
// the values by a moving average. Scales of 8-bit weights follow the largest magnitude.

#include <map>

#include "learning/network_plan.h"
#include "quantize/learned_scales.h"

namespace learning {

class SimulatedRounding {
public:
    /// `plan` has the sizes and parameters of the network.
    static types::Result<SimulatedRounding> create(const types::Graph& graph,
                                                   const NetworkPlan& plan, size_t batch,
                                                   const RoundingOptions& options);

    /// Lets rules read rounded weights, and adds the learned scales to the plan's parameters.
    /// Called when parameters have their memory.
    void place(NetworkPlan& plan);

    void beginStep();
    void forward(int32_t tensor, const Slot& slot, const Chunk& chunk);
    /// Restores the values before rounding, for the rule that wrote them.
    void backward(int32_t tensor, const Slot& slot, const Chunk& chunk);
    void beginBackward();
    /// Adds the groups; then masks the gradients of clipped weights. Gradients of parameters are
    /// complete.
    void finish(size_t samples);

    quantize::LearnedScales scales() const;

private:
    /// Activations that share a scale.
    struct ScaleClass {
        float scale = 1, zeroPoint = 0, lowest = 0, highest = 0;  ///< codes without zero point
        types::DataType type = types::DataType::Int8;
        bool learned = false, follows = false;
        size_t index = 0;   ///< in m_logarithms
        size_t values = 0;  ///< of one sample, in all activations of the class
    };
    struct Activation {
        size_t scaleClass = 0;
        Floats before;                   ///< rounding
        std::vector<float> resolutions;  ///< where an 8-bit layer writes it (Steps)
    };
    struct Layer {
        quantize::LayerCodes codes;
        int32_t weights = -1, bias = -1, input = -1, output = -1;
        std::span<float> master, masterBias, gradient;
        Floats rounded, roundedBias;
        size_t index = 0;  ///< of the first learned scale; 8 bits: unused
        bool learned = false;
    };

    void addClasses(const quantize::CodePlan& codes, const NetworkPlan& plan, size_t batch,
                    bool learn);
    void addLayers(const types::Graph& graph, const quantize::CodePlan& codes);
    void chooseScales(Layer& layer) const;
    void makeRoom(Layer& layer) const;
    void roundLayer(Layer& layer) const;
    void setResolutions(const Layer& layer);
    void follow();
    void learnWeightScales(Layer& layer);
    float* logarithms() { return m_logarithms.data(); }
    /// Gradient of scale i in a group.
    float& slope(size_t group, size_t i) { return m_slopes.data()[group * m_count + i]; }

    std::vector<ScaleClass> m_classes;
    std::map<int32_t, Activation> m_activations;
    std::vector<Layer> m_layers;
    size_t m_groups = 1, m_count = 0;  ///< learned scales
    Floats m_logarithms, m_slopes;     ///< slopes per group
    std::vector<float> m_low, m_high;  ///< per group and class: seen in this step
};

}  // namespace learning
