// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Layers that learn: forward and backward over a batch of images, NHWC. Just what the example
// needs, written to be read; one thread, so that the same seed trains the same model.

#include <cstdint>
#include <memory>
#include <vector>

#include "zoo/random_weights.h"

namespace training {

struct Batch {
    int32_t samples = 0, height = 0, width = 0, channels = 0;
    std::vector<float> values;

    Batch() = default;
    Batch(int32_t n, int32_t h, int32_t w, int32_t c)
        : samples(n), height(h), width(w), channels(c), values(size_t(n) * size_t(h * w * c)) {}
    int32_t pixels() const { return samples * height * width; }
    float* at(int32_t n, int32_t y, int32_t x) {
        return values.data() + size_t((n * height + y) * width + x) * size_t(channels);
    }
    const float* at(int32_t n, int32_t y, int32_t x) const {
        return const_cast<Batch*>(this)->at(n, y, x);
    }
};

/// Numbers that are learned, with Adam's memory (Kingma and Ba 2015).
struct Parameter {
    std::vector<float> value, gradient, mean, square;

    explicit Parameter(size_t size = 0, float start = 0)
        : value(size, start), gradient(size), mean(size), square(size) {}
    /// Normal values with variance 2 / fanIn (He et al. 2015).
    void randomize(zoo::RandomWeights& random, int32_t fanIn);
    void step(float rate, int32_t time);
};

class TrainedLayer {
public:
    virtual ~TrainedLayer() = default;
    /// Keeps what backward() needs.
    virtual Batch forward(const Batch& input, bool training) = 0;
    /// From the gradient of the output to that of the input; adds to the parameters' gradients.
    virtual Batch backward(const Batch& gradient) = 0;
    virtual std::vector<Parameter*> parameters() { return {}; }
};

/// SAME padding; depthwise has one filter a channel. Filter as TFLite lays it out: [out][y][x][in],
/// depthwise [y][x][channel]. No bias: the normalization behind it has one.
class ConvolutionLayer : public TrainedLayer {
public:
    struct Form {
        int32_t inputs, outputs, kernel, stride;
        bool depthwise;
    };
    ConvolutionLayer(Form form, zoo::RandomWeights& random);
    Batch forward(const Batch& input, bool training) override;
    Batch backward(const Batch& gradient) override;
    std::vector<Parameter*> parameters() override { return {&m_filter}; }
    const std::vector<float>& filter() const { return m_filter.value; }

private:
    template <typename Tap>
    void forEachTap(const Batch& input, const Batch& output, Tap tap) const;

    Form m_form;
    Parameter m_filter;
    Batch m_input;
};

/// Batch normalization (Ioffe and Szegedy 2015), followed by a rectifier.
class NormalizationLayer : public TrainedLayer {
public:
    explicit NormalizationLayer(int32_t channels);
    Batch forward(const Batch& input, bool training) override;
    Batch backward(const Batch& gradient) override;
    std::vector<Parameter*> parameters() override { return {&m_scale, &m_shift}; }

    /// What it does to channel c after training: factor * x + offset.
    float factor(size_t c) const;
    float offset(size_t c) const;

private:
    Parameter m_scale, m_shift;
    std::vector<float> m_mean, m_variance;  ///< moving averages
    Batch m_normal, m_output;
    std::vector<float> m_deviation;  ///< of the batch
};

/// Mean over height and width, then a weighted sum per class.
class ReadoutLayer : public TrainedLayer {
public:
    ReadoutLayer(int32_t inputs, int32_t outputs, zoo::RandomWeights& random);
    Batch forward(const Batch& input, bool training) override;
    Batch backward(const Batch& gradient) override;
    std::vector<Parameter*> parameters() override { return {&m_weights, &m_bias}; }
    const std::vector<float>& weights() const { return m_weights.value; }
    const std::vector<float>& bias() const { return m_bias.value; }

private:
    int32_t m_inputs, m_outputs;
    Parameter m_weights, m_bias;
    Batch m_input;
    std::vector<float> m_means;
};

}  // namespace training
