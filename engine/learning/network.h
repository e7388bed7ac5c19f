// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Network: a float32 graph that computes batches forwards and gradients backwards.
//
// A batch is `batch` samples side by side: every activation of the graph exists once per sample, so
// a buffer holds batch x elements floats, the sample outermost, each sample row-major as in the
// graph. Constants exist once. All buffers are allocated by build() and kept between steps.
//
// Parameters are the float constants that training may change: weights and biases of layers, and
// per-channel constants of element-wise operators (a constant with one element belongs to the
// function and stays). An operator without a derivative rule is frozen together with every operator
// that its inputs depend on: that part runs forwards on the runtime, and its parameters stay.
//
// Simulated rounding: with NetworkOptions::rounding, forward() computes what the integer kernels
// compute after quantize::quantizeTrained() with the same knobs and scales(); simulated_rounding.h.
//
// Sums run in an order that depends on the batch size only, not on the number of threads: equal
// inputs and parameters give equal bits.
//
// Ownership: owns its parameters and buffers; the graph may be destroyed. Thread rules: belongs to
// one thread at a time; uses up to NetworkOptions::threads threads inside.

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "calibration/real_inputs.h"
#include "quantize/learned_scales.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/variation.h"
#include "types/work.h"

namespace learning {

/// Simulates the rounding of the quantized model that `variation` asks for.
struct RoundingOptions {
    types::Variation variation;           ///< its knobs of quantization and precisions by layer
    calibration::RealInputsPtr inputs;    ///< first ranges of activations; null: random inputs
    bool learnRanges = true;              ///< else they follow the activations (moving average)
    quantize::LearnedScales scales = {};  ///< of an earlier training, to start from
};

struct NetworkOptions {
    int32_t batch = 32;
    int32_t threads = types::machineThreads();
    /// Outputs are the inputs of a softmax that ends the model (scores), where there is one.
    bool beforeSoftmax = true;
    /// Activations whose values and gradients the caller reads or adds to, beside the outputs.
    std::vector<int32_t> watched = {};
    /// Also computes the gradients of the model's inputs.
    bool inputGradients = false;
    std::optional<RoundingOptions> rounding = {};
};

enum class ParameterRole {
    Weights,
    Bias,
    Other,  ///< constant of an element-wise operator, slopes of PRELU
    Range,  ///< logarithm of a scale of simulated rounding; not in the graph
};

struct Parameter {
    int32_t tensor = -1;  ///< of the graph; Range: the tensor that the scale belongs to
    std::string name;
    ParameterRole role = ParameterRole::Weights;
    std::span<float> value;     ///< row-major, in the graph's layout; the caller changes it
    std::span<float> gradient;  ///< of the last backward(): the sum over the batch
    std::string whyFrozen;      ///< empty: trainable; else its gradient stays 0

    bool isTrainable() const { return whyFrozen.empty(); }
};

struct FrozenOp {
    size_t op = 0;  ///< of the graph
    std::string why;
};

class Network {
public:
    /// `graph` has passed validate(), and its weights are float32 (quantize::toFloat()). Returns an
    /// Error where the graph cannot run, has an output that is not float32, or where no parameter
    /// is trainable; it names the operator that prevents it.
    static types::Result<Network> build(const types::Graph& graph, const NetworkOptions& options);
    Network(Network&&) noexcept;
    Network& operator=(Network&&) noexcept;
    ~Network();

    int32_t batch() const;
    /// All parameters; their spans stay valid for the life of the Network.
    std::span<const Parameter> parameters() const;
    /// Operators without a derivative rule, in order; empty where everything can be trained.
    std::span<const FrozenOp> frozen() const;

    /// Floats of one sample of model input i / of output i.
    size_t inputSize(size_t i = 0) const;
    size_t outputSize(size_t i = 0) const;
    size_t inputCount() const;
    size_t outputCount() const;
    /// Tensor of the graph that outputs(i) holds: output i of the graph, or the scores before its
    /// softmax.
    int32_t outputTensor(size_t i = 0) const;

    /// Memory of model input i: batch x inputSize(i) floats. Fill it before every forward(), which
    /// rounds it where rounding is simulated.
    std::span<float> input(size_t i = 0);
    /// Computes the outputs of the first `samples` samples (at most batch()).
    types::Result<void> forward(int32_t samples);
    /// The same for models with one input: copies samples x inputSize() floats first.
    types::Result<void> forward(std::span<const float> inputs);
    /// Samples of the last forward() x outputSize(i) floats.
    std::span<const float> outputs(size_t i = 0) const;

    /// Memory of the gradient of a loss with respect to outputs(i); fill it before backward().
    std::span<float> outputGradient(size_t i = 0);
    /// Computes the gradients of all trainable parameters for the samples of the last forward().
    types::Result<void> backward();
    /// The same for models with one output: copies its gradient first.
    types::Result<void> backward(std::span<const float> gradient);

    /// Values of an activation after forward(); empty where it has no memory.
    std::span<const float> values(int32_t tensor) const;
    /// Gradient of a watched activation. What the caller writes there before backward() counts as
    /// the loss's direct part (0 after forward()); backward() leaves the whole gradient.
    std::span<float> gradient(int32_t tensor);

    /// Multiplies an activation by `mask` along its last axis, in every later step; an empty mask
    /// removes it. Place it where channels are about to be mixed, so that no later scale undoes it.
    /// Returns an Error for a tensor that no operator with a derivative rule writes, and for
    /// another number of channels.
    types::Result<void> maskChannels(int32_t tensor, std::span<const float> mask);
    /// Gradient of the loss with respect to the mask after backward().
    std::span<const float> maskGradient(int32_t tensor) const;

    /// Writes the parameters' values into the constants of `graph`, the one this was built from or
    /// a copy of it; its `original` is cleared.
    void writeBack(types::Graph& graph) const;
    /// The scales of simulated rounding in the last forward(), for quantize::quantizeTrained();
    /// empty without rounding.
    quantize::LearnedScales scales() const;

private:
    struct State;
    explicit Network(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Returns the tensors that measure a model's outputs: the input of a softmax that ends the model,
/// whose saturation would hide changes of the scores; else the outputs.
std::vector<int32_t> scoreTensors(const types::Graph& graph);

}  // namespace learning
