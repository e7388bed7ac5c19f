// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/layer_changes.h"

#include <cmath>

#include "analysis/real_values.h"
#include "types/number_text.h"

namespace diff {
namespace {

using namespace types;

const char* activationName(Activation activation) {
    switch (activation) {
        case Activation::None:
            return "no activation";
        case Activation::Relu:
            return "RELU";
        case Activation::ReluN1To1:
            return "RELU_N1_TO_1";
        case Activation::Relu6:
            return "RELU6";
        case Activation::Tanh:
            return "TANH";
        case Activation::SignBit:
            break;
    }
    return "SIGN_BIT";
}

std::string pairText(int32_t height, int32_t width) {
    return std::to_string(height) + "x" + std::to_string(width);
}

std::string windowText(const WindowOptions& w) {
    return "stride " + pairText(w.strideHeight, w.strideWidth) + ", dilation " +
           pairText(w.dilationHeight, w.dilationWidth) +
           (w.padding == Padding::Same ? ", SAME" : ", VALID");
}

class Comparison {
public:
    Comparison(const Side& a, const Side& b, LayerMatch& match)
        : m_sideA(a),
          m_sideB(b),
          m_layerA(match.baseline.front()),
          m_layerB(match.candidate.front()),
          m_opA(a.net.op(m_layerA)),
          m_opB(b.net.op(m_layerB)),
          m_match(match) {}

    void run() {
        const bool isGroup = m_match.kind == MatchKind::Fused || m_match.kind == MatchKind::Split;
        // Parts of another kind, as those of a composite, have nothing to compare one by one.
        if (isGroup && !mayMatch(m_sideA.of(m_layerA), m_sideB.of(m_layerB)))
            return describeGroup();
        const bool isOther = compareOperator();
        const bool isRetyped = compareTypes();
        const bool isResized = compareShapes();
        const bool isRenumbered = compareNumbers(isRetyped, isResized);
        if (isGroup) return describeGroup();
        m_match.kind = isRetyped                 ? MatchKind::Retyped
                       : isResized               ? MatchKind::Resized
                       : isRenumbered || isOther ? MatchKind::Weights
                                                 : MatchKind::Same;
    }

private:
    void add(const std::string& now, const std::string& before) {
        m_match.changes.push_back(now + " instead of " + before);
    }
    const Tensor* output(const Side& side, const Op& op) const {
        return op.output(0) < 0 ? nullptr : &side.net.graph->tensor(op.output(0));
    }
    const Tensor* weights(const Side& side, int32_t layer) const {
        const int32_t t = weightsOf(side.net, layer);
        return t < 0 ? nullptr : &side.net.graph->tensor(t);
    }

    bool compareOperator() {
        const size_t before = m_match.changes.size();
        if (m_opA.name() != m_opB.name()) add(m_opB.name(), m_opA.name());
        const Activation a = activationOf(m_opA.options), b = activationOf(m_opB.options);
        if (a != b) add(activationName(b), activationName(a));
        const auto* first = std::get_if<WindowOptions>(&m_opA.options);
        const auto* second = std::get_if<WindowOptions>(&m_opB.options);
        if (first && second && windowText(*first) != windowText(*second))
            add(windowText(*second), windowText(*first));
        else if (m_sideA.of(m_layerA).options != m_sideB.of(m_layerB).options)
            m_match.changes.push_back("other options");
        return m_match.changes.size() > before;
    }

    bool compareTypes() {
        const Tensor *a = output(m_sideA, m_opA), *b = output(m_sideB, m_opB);
        const bool isActivation = a && b && a->type != b->type;
        if (isActivation) add(dataTypeName(b->type), dataTypeName(a->type));
        const Tensor *first = weights(m_sideA, m_layerA), *second = weights(m_sideB, m_layerB);
        if (!first || !second || first->type == second->type) return isActivation;
        add("weights " + storageText(*second), storageText(*first));
        return true;
    }

    bool compareShapes() {
        const Tensor *a = output(m_sideA, m_opA), *b = output(m_sideB, m_opB);
        if (a && b && a->shape != b->shape) {
            const bool isChannels =
                a->shape.size() == b->shape.size() && !a->shape.empty() &&
                std::equal(a->shape.begin(), a->shape.end() - 1, b->shape.begin());
            if (isChannels)
                add(std::to_string(b->shape.back()), std::to_string(a->shape.back()) + " channels");
            else
                add("output " + shapeText(b->shape), shapeText(a->shape));
            return true;
        }
        const Tensor *first = weights(m_sideA, m_layerA), *second = weights(m_sideB, m_layerB);
        if (!first || !second || first->shape == second->shape) return false;
        add("weights " + shapeText(second->shape), shapeText(first->shape));
        return true;
    }

    bool compareNumbers(bool isRetyped, bool isResized) {
        if (isRetyped || isResized) return false;
        bool differs = false;
        const LayerFeatures &a = m_sideA.of(m_layerA), &b = m_sideB.of(m_layerB);
        if (a.constants != b.constants) {
            m_match.changes.push_back("other weights" + weightNoise());
            differs = true;
        }
        const Tensor *first = output(m_sideA, m_opA), *second = output(m_sideB, m_opB);
        if (first && second &&
            (first->quantization.scale != second->quantization.scale ||
             first->quantization.zeroPoint != second->quantization.zeroPoint)) {
            m_match.changes.push_back("another scale of the output");
            differs = true;
        }
        return differs;
    }

    /// ", SQNR 31.2 dB": of the candidate's weights against the baseline's.
    std::string weightNoise() const {
        const int32_t a = weightsOf(m_sideA.net, m_layerA), b = weightsOf(m_sideB.net, m_layerB);
        if (a < 0 || b < 0) return {};
        const auto before = analysis::constantValues(*m_sideA.net.graph, a);
        const auto now = analysis::constantValues(*m_sideB.net.graph, b);
        if (before.size() != now.size()) return {};
        double signal = 0, noise = 0;
        for (size_t i = 0; i < now.size(); ++i) {
            signal += double{before[i]} * before[i];
            noise += (double{now[i]} - before[i]) * (double{now[i]} - before[i]);
        }
        if (!(signal > 0) || !(noise > 0) || !std::isfinite(signal / noise)) return {};
        return ", SQNR " + fixedText(10 * std::log10(signal / noise), 1) + " dB";
    }

    void describeGroup() {
        const bool isFused = m_match.kind == MatchKind::Fused;
        const Side& side = isFused ? m_sideA : m_sideB;
        const auto& layers = isFused ? m_match.baseline : m_match.candidate;
        std::string names;
        for (size_t i = isFused ? 1 : 0; i < layers.size() && i < 5; ++i)
            names += (names.empty() ? "" : ", ") + side.net.op(layers[i]).name();
        if (layers.size() > 5) names += " and " + std::to_string(layers.size() - 5) + " more";
        m_match.changes.insert(m_match.changes.begin(),
                               isFused ? names + " folded in" : "now " + names);
    }

    const Side &m_sideA, &m_sideB;
    int32_t m_layerA, m_layerB;
    const Op &m_opA, &m_opB;
    LayerMatch& m_match;
};

}  // namespace

void describeChanges(const Side& baseline, const Side& candidate, LayerMatch& match) {
    if (match.isMatched()) Comparison(baseline, candidate, match).run();
}

}  // namespace diff
