// SPDX-License-Identifier: GPL-3.0-or-later
#include "trained_layer.h"

#include <algorithm>
#include <cmath>

namespace training {
namespace {

constexpr float kEpsilon = 1e-3f;   ///< added to variances
constexpr float kMomentum = 0.95f;  ///< of their moving averages

}  // namespace

void Parameter::randomize(zoo::RandomWeights& random, int32_t fanIn) {
    for (float& v : value)
        v = static_cast<float>(random.normal() * std::sqrt(2.0 / fanIn));
}

void Parameter::step(float rate, int32_t time) {
    constexpr float kFirst = 0.9f, kSecond = 0.999f;
    const float first = 1 - std::pow(kFirst, float(time)),
                second = 1 - std::pow(kSecond, float(time));
    for (size_t i = 0; i < value.size(); ++i) {
        mean[i] = kFirst * mean[i] + (1 - kFirst) * gradient[i];
        square[i] = kSecond * square[i] + (1 - kSecond) * gradient[i] * gradient[i];
        value[i] -= rate * (mean[i] / first) / (std::sqrt(square[i] / second) + 1e-8f);
        gradient[i] = 0;
    }
}

ConvolutionLayer::ConvolutionLayer(Form form, zoo::RandomWeights& random) : m_form(form) {
    const int32_t taps = form.kernel * form.kernel,
                  fanIn = taps * (form.depthwise ? 1 : form.inputs);
    m_filter = Parameter(size_t(form.outputs * fanIn));
    m_filter.randomize(random, fanIn);
}

/// Calls tap(input pixel, output pixel, tap index) for every pair that meets inside the image.
template <typename Tap>
void ConvolutionLayer::forEachTap(const Batch& input, const Batch& output, Tap tap) const {
    const int32_t k = m_form.kernel, s = m_form.stride;
    const int32_t top = std::max((output.height - 1) * s + k - input.height, 0) / 2;
    const int32_t left = std::max((output.width - 1) * s + k - input.width, 0) / 2;
    for (int32_t n = 0; n < output.samples; ++n)
        for (int32_t y = 0; y < output.height; ++y)
            for (int32_t x = 0; x < output.width; ++x)
                for (int32_t t = 0; t < k * k; ++t) {
                    const int32_t iy = y * s - top + t / k, ix = x * s - left + t % k;
                    if (iy < 0 || ix < 0 || iy >= input.height || ix >= input.width) continue;
                    tap(size_t(input.at(n, iy, ix) - input.values.data()),
                        size_t(output.at(n, y, x) - output.values.data()), size_t(t));
                }
}

Batch ConvolutionLayer::forward(const Batch& input, bool) {
    const auto shrunk = [this](int32_t size) { return (size + m_form.stride - 1) / m_form.stride; };
    Batch output(input.samples, shrunk(input.height), shrunk(input.width), m_form.outputs);
    const auto in = size_t(m_form.inputs), out = size_t(m_form.outputs);
    const auto taps = size_t(m_form.kernel * m_form.kernel);
    const float* filter = m_filter.value.data();
    forEachTap(input, output, [&](size_t from, size_t to, size_t t) {
        const float* x = input.values.data() + from;
        float* y = output.values.data() + to;
        if (m_form.depthwise) {
            for (size_t c = 0; c < in; ++c)
                y[c] += filter[t * in + c] * x[c];
            return;
        }
        for (size_t o = 0; o < out; ++o) {
            const float* w = filter + (o * taps + t) * in;
            float sum = 0;
            for (size_t c = 0; c < in; ++c)
                sum += w[c] * x[c];
            y[o] += sum;
        }
    });
    m_input = input;
    return output;
}

Batch ConvolutionLayer::backward(const Batch& gradient) {
    Batch back(m_input.samples, m_input.height, m_input.width, m_input.channels);
    const auto in = size_t(m_form.inputs), out = size_t(m_form.outputs);
    const auto taps = size_t(m_form.kernel * m_form.kernel);
    forEachTap(m_input, gradient, [&](size_t from, size_t to, size_t t) {
        const float* x = m_input.values.data() + from;
        const float* g = gradient.values.data() + to;
        float* b = back.values.data() + from;
        for (size_t o = 0; o < (m_form.depthwise ? 1 : out); ++o) {
            const size_t row = m_form.depthwise ? t * in : (o * taps + t) * in;
            const float* w = m_filter.value.data() + row;
            float* dw = m_filter.gradient.data() + row;
            for (size_t c = 0; c < in; ++c) {
                const float own = m_form.depthwise ? g[c] : g[o];
                dw[c] += own * x[c];
                b[c] += own * w[c];
            }
        }
    });
    return back;
}

NormalizationLayer::NormalizationLayer(int32_t channels)
    : m_scale(size_t(channels), 1),
      m_shift(size_t(channels)),
      m_mean(size_t(channels), 0),
      m_variance(size_t(channels), 1),
      m_deviation(size_t(channels), 1) {}

Batch NormalizationLayer::forward(const Batch& input, bool training) {
    const auto channels = size_t(input.channels), pixels = size_t(input.pixels());
    Batch output = input;
    m_normal = input;
    for (size_t c = 0; c < channels; ++c) {
        double sum = 0, squares = 0;
        for (size_t i = c; i < input.values.size(); i += channels) {
            sum += input.values[i];
            squares += double{input.values[i]} * input.values[i];
        }
        float mean = m_mean[c], variance = m_variance[c];
        if (training) {
            mean = float(sum / double(pixels));
            variance = float(squares / double(pixels)) - mean * mean;
            m_mean[c] = kMomentum * m_mean[c] + (1 - kMomentum) * mean;
            m_variance[c] = kMomentum * m_variance[c] + (1 - kMomentum) * variance;
        }
        m_deviation[c] = std::sqrt(variance + kEpsilon);
        for (size_t i = c; i < input.values.size(); i += channels) {
            m_normal.values[i] = (input.values[i] - mean) / m_deviation[c];
            output.values[i] =
                std::max(0.0f, m_scale.value[c] * m_normal.values[i] + m_shift.value[c]);
        }
    }
    m_output = output;
    return output;
}

Batch NormalizationLayer::backward(const Batch& gradient) {
    const auto channels = size_t(gradient.channels);
    const auto pixels = static_cast<float>(gradient.pixels());
    Batch back = gradient;
    for (size_t c = 0; c < channels; ++c) {
        float sum = 0, product = 0;  // of the gradient behind the rectifier, and with the values
        for (size_t i = c; i < gradient.values.size(); i += channels) {
            if (m_output.values[i] <= 0) back.values[i] = 0;
            sum += back.values[i];
            product += back.values[i] * m_normal.values[i];
        }
        m_shift.gradient[c] += sum;
        m_scale.gradient[c] += product;
        const float factor = m_scale.value[c] / m_deviation[c];
        for (size_t i = c; i < gradient.values.size(); i += channels)
            back.values[i] =
                factor * (back.values[i] - sum / pixels - m_normal.values[i] * product / pixels);
    }
    return back;
}

float NormalizationLayer::factor(size_t c) const {
    return m_scale.value[c] / std::sqrt(m_variance[c] + kEpsilon);
}

float NormalizationLayer::offset(size_t c) const {
    return m_shift.value[c] - factor(c) * m_mean[c];
}

ReadoutLayer::ReadoutLayer(int32_t inputs, int32_t outputs, zoo::RandomWeights& random)
    : m_inputs(inputs),
      m_outputs(outputs),
      m_weights(size_t(inputs * outputs)),
      m_bias(size_t(outputs)) {
    m_weights.randomize(random, inputs);
}

Batch ReadoutLayer::forward(const Batch& input, bool) {
    const auto in = size_t(m_inputs), area = size_t(input.height * input.width);
    m_means.assign(size_t(input.samples) * in, 0.0f);
    for (size_t i = 0; i < input.values.size(); ++i)
        m_means[i / (area * in) * in + i % in] += input.values[i] / float(area);
    Batch output(input.samples, 1, 1, m_outputs);
    for (size_t n = 0; n < size_t(input.samples); ++n)
        for (size_t o = 0; o < size_t(m_outputs); ++o) {
            float sum = m_bias.value[o];
            for (size_t c = 0; c < in; ++c)
                sum += m_weights.value[o * in + c] * m_means[n * in + c];
            output.values[n * size_t(m_outputs) + o] = sum;
        }
    m_input = Batch(input.samples, input.height, input.width, input.channels);
    return output;
}

Batch ReadoutLayer::backward(const Batch& gradient) {
    const auto in = size_t(m_inputs), area = size_t(m_input.height * m_input.width);
    std::vector<float> means(m_means.size(), 0.0f);
    for (size_t n = 0; n < size_t(gradient.samples); ++n)
        for (size_t o = 0; o < size_t(m_outputs); ++o) {
            const float own = gradient.values[n * size_t(m_outputs) + o];
            m_bias.gradient[o] += own;
            for (size_t c = 0; c < in; ++c) {
                m_weights.gradient[o * in + c] += own * m_means[n * in + c];
                means[n * in + c] += own * m_weights.value[o * in + c];
            }
        }
    Batch back = m_input;
    for (size_t i = 0; i < back.values.size(); ++i)
        back.values[i] = means[i / (area * in) * in + i % in] / float(area);
    return back;
}

}  // namespace training
