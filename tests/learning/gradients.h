// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Gradients of a Network compared with finite differences of its own outputs.

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "learning/network.h"

namespace gradients {

/// A random linear function of all outputs: its gradient is the random numbers.
class Loss {
public:
    explicit Loss(learning::Network& network) : m_network(network) {
        std::mt19937 random(5);
        std::uniform_real_distribution<float> signs(0.5f, 1.5f);
        for (size_t o = 0; o < network.outputCount(); ++o) {
            m_slopes.emplace_back(network.outputSize(o) * static_cast<size_t>(network.batch()));
            for (float& slope : m_slopes.back())
                slope = random() % 2 == 0 ? signs(random) : -signs(random);
        }
    }

    double value() {
        EXPECT_TRUE(m_network.forward(m_network.batch()));
        double sum = 0;
        for (size_t o = 0; o < m_slopes.size(); ++o)
            for (size_t i = 0; i < m_slopes[o].size(); ++i)
                sum += double{m_slopes[o][i]} * double{m_network.outputs(o)[i]};
        return sum;
    }
    void backward() {
        for (size_t o = 0; o < m_slopes.size(); ++o)
            std::ranges::copy(m_slopes[o], m_network.outputGradient(o).begin());
        EXPECT_TRUE(m_network.backward());
    }

private:
    learning::Network& m_network;
    std::vector<std::vector<float>> m_slopes;
};

inline void fillInputs(learning::Network& network, float low = -1, float high = 1) {
    std::mt19937 random(7);
    std::uniform_real_distribution<float> values(low, high);
    for (size_t i = 0; i < network.inputCount(); ++i)
        for (float& value : network.input(i))
            value = values(random);
}

/// Slopes that agree. A kink of the loss within a step is no slope: it is recognised by its second
/// difference and left out.
struct Agreement {
    int close = 0, compared = 0, kinks = 0;
    std::string worst;

    void add(float slope, double low, double middle, double high, double width,
             const std::string& where) {
        const double noise = 4e-7 * (std::fabs(high) + std::fabs(low));
        if (std::fabs(high + low - 2 * middle) > 0.02 * std::fabs(high - low) + 2 * noise) {
            ++kinks;
            return;
        }
        ++compared;
        const double difference = (high - low) / width;
        if (std::fabs(double{slope} - difference) <=
            0.02 * std::fabs(difference) + 2e-3 + noise / width)
            ++close;
        else
            worst = where + ": gradient " + std::to_string(slope) + ", difference " +
                    std::to_string(difference);
    }
};

/// Compares up to `most` elements of each tensor, evenly spread.
inline void compare(Loss& loss, std::span<float> values, const std::vector<float>& slopes,
                    const std::string& name, Agreement& agreement, size_t most = 24) {
    const size_t step = std::max<size_t>(values.size() / most, 1);
    const double middle = loss.value();
    for (size_t i = 0; i < values.size(); i += step) {
        const float kept = values[i], h = 2e-3f * std::max(1.0f, std::fabs(kept));
        values[i] = kept + h;
        const float above = values[i];
        const double high = loss.value();
        values[i] = kept - h;
        const double low = loss.value(), width = double{above} - double{values[i]};
        values[i] = kept;
        agreement.add(slopes[i], low, middle, high, width, name + "[" + std::to_string(i) + "]");
    }
}

/// Compares the gradients of all trainable parameters and of all inputs; `share` of them must
/// agree.
inline void expectSlopes(const types::Graph& graph, int32_t batch = 3, double share = 0.98,
                         float low = -1, float high = 1) {
    learning::NetworkOptions options{.batch = batch, .threads = 1, .beforeSoftmax = false};
    options.inputGradients = true;
    options.watched = graph.inputs;
    auto built = learning::Network::build(graph, options);
    ASSERT_TRUE(built) << built.error().message();
    learning::Network& network = *built;
    EXPECT_TRUE(network.frozen().empty());
    fillInputs(network, low, high);
    Loss loss(network);
    loss.value();
    loss.backward();
    std::vector<std::vector<float>> inputSlopes, slopes;
    for (int32_t input : graph.inputs) {
        const auto gradient = network.gradient(input);
        inputSlopes.emplace_back(gradient.begin(), gradient.end());
    }
    for (const auto& parameter : network.parameters())
        slopes.emplace_back(parameter.gradient.begin(), parameter.gradient.end());
    Agreement agreement;
    for (size_t i = 0; i < inputSlopes.size(); ++i)
        compare(loss, network.input(i), inputSlopes[i], "input", agreement);
    for (size_t p = 0; p < slopes.size(); ++p)
        compare(loss, network.parameters()[p].value, slopes[p], network.parameters()[p].name,
                agreement);
    EXPECT_GE(agreement.close, agreement.compared * share)
        << "of " << agreement.compared << ", e.g. " << agreement.worst;
    EXPECT_GT(agreement.compared, agreement.kinks / 4);
}

}  // namespace gradients
