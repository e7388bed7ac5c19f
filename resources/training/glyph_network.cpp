// SPDX-License-Identifier: GPL-3.0-or-later
#include "glyph_network.h"

#include <algorithm>
#include <cmath>

#include "zoo/graph_builder.h"

namespace training {
namespace {

constexpr size_t kBatch = 32;
constexpr int32_t kChannels = 32;  ///< that the last layers have

constexpr ConvolutionLayer::Form kForms[] = {
    {1, 12, 3, 2, false},  {12, 12, 3, 1, true}, {12, 24, 1, 1, false}, {24, 24, 3, 2, true},
    {24, 32, 1, 1, false}, {32, 32, 3, 1, true}, {32, 32, 1, 1, false},
};

/// Pixels become [0, 1], as the dataset's readers scale them.
Batch pixelsOf(const std::vector<const Glyph*>& glyphs) {
    Batch batch(int32_t(glyphs.size()), kGlyphSize, kGlyphSize, 1);
    auto value = batch.values.begin();
    for (const Glyph* glyph : glyphs)
        for (uint8_t pixel : glyph->pixels)
            *value++ = static_cast<float>(pixel) / 255.0f;
    return batch;
}

/// Softmax in place, gradient of the mean cross entropy in return, the sum of losses in `loss`.
Batch lossGradient(const Batch& scores, const std::vector<const Glyph*>& glyphs, double& loss) {
    Batch gradient = scores;
    const auto classes = size_t(scores.channels);
    for (size_t n = 0; n < glyphs.size(); ++n) {
        float* own = gradient.values.data() + n * classes;
        const float most = *std::max_element(own, own + classes);
        float sum = 0;
        for (size_t c = 0; c < classes; ++c)
            sum += own[c] = std::exp(own[c] - most);
        for (size_t c = 0; c < classes; ++c) {
            own[c] /= sum;
            if (int32_t(c) == glyphs[n]->label) {
                loss -= std::log(std::max(own[c], 1e-12f));
                own[c] -= 1;
            }
            own[c] /= float(glyphs.size());
        }
    }
    return gradient;
}

/// Weights with the normalization behind them folded in.
void fold(const ConvolutionLayer::Form& form, const ConvolutionLayer& convolution,
          const NormalizationLayer& normalization, zoo::LayerWeights& weights) {
    weights.filter = convolution.filter();
    const size_t each = weights.filter.size() / size_t(form.outputs);
    for (size_t i = 0; i < weights.filter.size(); ++i)
        weights.filter[i] *=
            normalization.factor(form.depthwise ? i % size_t(form.outputs) : i / each);
    for (size_t c = 0; c < weights.bias.size(); ++c)
        weights.bias[c] = normalization.offset(c);
}

}  // namespace

GlyphNetwork::GlyphNetwork(uint64_t seed)
    : m_random(seed), m_readout(kChannels, kGlyphClasses, m_random) {
    for (const auto& form : kForms)
        m_blocks.push_back(
            {form, ConvolutionLayer(form, m_random), NormalizationLayer(form.outputs)});
}

Batch GlyphNetwork::forward(const std::vector<const Glyph*>& glyphs, bool training) {
    Batch values = pixelsOf(glyphs);
    for (Block& block : m_blocks)
        values = block.normalization.forward(block.convolution.forward(values, training), training);
    return m_readout.forward(values, training);
}

double GlyphNetwork::learn(const std::vector<const Glyph*>& glyphs, float rate) {
    double loss = 0;
    Batch gradient = lossGradient(forward(glyphs, true), glyphs, loss);
    gradient = m_readout.backward(gradient);
    std::vector<Parameter*> parameters = m_readout.parameters();
    for (auto block = m_blocks.rbegin(); block != m_blocks.rend(); ++block) {
        gradient = block->convolution.backward(block->normalization.backward(gradient));
        for (TrainedLayer* layer : {static_cast<TrainedLayer*>(&block->convolution),
                                    static_cast<TrainedLayer*>(&block->normalization)})
            for (Parameter* parameter : layer->parameters())
                parameters.push_back(parameter);
    }
    ++m_time;
    for (Parameter* parameter : parameters)
        parameter->step(rate, m_time);
    return loss;
}

double GlyphNetwork::train(const std::vector<Glyph>& glyphs, float rate) {
    std::vector<const Glyph*> order;
    for (const Glyph& glyph : glyphs)
        order.push_back(&glyph);
    for (size_t i = order.size(); i > 1; --i)
        std::swap(order[i - 1], order[m_random.next() % i]);
    double loss = 0;
    for (size_t at = 0; at + kBatch <= order.size(); at += kBatch)
        loss +=
            learn({order.begin() + ptrdiff_t(at), order.begin() + ptrdiff_t(at + kBatch)}, rate);
    return loss / double(order.size());
}

double GlyphNetwork::accuracy(const std::vector<Glyph>& glyphs) {
    size_t right = 0;
    for (const Glyph& glyph : glyphs) {
        const Batch scores = forward({&glyph}, false);
        const auto best = std::max_element(scores.values.begin(), scores.values.end());
        if (best - scores.values.begin() == glyph.label) ++right;
    }
    return double(right) / double(glyphs.size());
}

types::Result<types::GraphPtr> GlyphNetwork::graph(const std::string& name) const {
    zoo::GraphBuilder build(name);
    build.describe(
        "DS-CNN for drawn digits, 24x24x1 images in [0, 1], 10 classes; trained by "
        "resources/training");
    zoo::Value x = build.input({1, kGlyphSize, kGlyphSize, 1}, 0, 1);
    for (const Block& block : m_blocks) {
        const auto& form = block.form;
        build.editNext([&block, &form](zoo::LayerWeights& weights) {
            fold(form, block.convolution, block.normalization, weights);
        });
        x = form.depthwise ? build.depthwise(x, form.kernel, form.stride, types::Padding::Same,
                                             types::Activation::Relu)
                           : build.conv(x, form.outputs, form.kernel, form.stride,
                                        types::Padding::Same, types::Activation::Relu);
    }
    x = build.averagePool(x, {build.shape(x)[1], build.shape(x)[2]});
    build.editNext([this](zoo::LayerWeights& weights) {
        weights.filter = m_readout.weights();
        weights.bias = m_readout.bias();
    });
    x = build.fullyConnected(build.flatten(x), kGlyphClasses);
    return build.finish({build.softmax(x)});
}

}  // namespace training
