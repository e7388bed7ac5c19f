// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/fit/baselines.h"

#include <cmath>
#include <map>

#include "cost/fit/least_squares.h"

namespace cost {
namespace {

/// Size of an operator: MACs, or output elements where it has none.
double sizeOf(const Workload& w) {
    return static_cast<double>(w.macs > 0 ? w.macs : std::max<int64_t>(1, w.outputs));
}

/// cycles = a x MACs + b, fitted on relative error, a and b >= 0.
class OpsOnly : public BaselinePredictor {
public:
    explicit OpsOnly(const std::vector<const Observation*>& layers) {
        std::vector<const Observation*> used;
        for (const Observation* layer : layers)
            if (layer->workload.macs > 0) used.push_back(layer);
        if (used.size() < 2) return;
        const auto count = static_cast<Eigen::Index>(used.size());
        Eigen::MatrixXd rows = Eigen::MatrixXd::Ones(count, 2);
        Eigen::VectorXd measured(count);
        for (Eigen::Index i = 0; i < count; ++i) {
            rows(i, 0) = static_cast<double>(used[static_cast<size_t>(i)]->workload.macs);
            measured[i] = used[static_cast<size_t>(i)]->cycles;
        }
        constexpr double kWeakPull = 1e-12;
        const Prior prior{Eigen::VectorXd::Zero(2), kWeakPull * Eigen::MatrixXd::Identity(2, 2)};
        const LeastSquares fit = solveRelative(rows, measured, Eigen::VectorXd::Ones(count), prior);
        m_perMac = fit.coefficients[0];
        m_constant = fit.coefficients[1];
    }
    double cycles(const Workload& w) const override {
        return w.macs > 0 ? m_perMac * static_cast<double>(w.macs) + m_constant : 0;
    }

private:
    double m_perMac = 0, m_constant = 0;
};

class ThroughputPerOp : public BaselinePredictor {
public:
    explicit ThroughputPerOp(const std::vector<const Observation*>& layers) {
        std::map<types::OpKind, std::pair<double, double>> sums;  // cycles, size
        for (const Observation* layer : layers) {
            sums[layer->workload.kind].first += layer->cycles;
            sums[layer->workload.kind].second += sizeOf(layer->workload);
        }
        for (const auto& [kind, sum] : sums)
            m_rate[kind] = sum.first / sum.second;
    }
    double cycles(const Workload& w) const override {
        const auto rate = m_rate.find(w.kind);
        return rate == m_rate.end() ? 0 : rate->second * sizeOf(w);
    }

private:
    std::map<types::OpKind, double> m_rate;
};

class NearestNeighbour : public BaselinePredictor {
public:
    explicit NearestNeighbour(const std::vector<const Observation*>& layers) : m_layers(layers) {}
    double cycles(const Workload& w) const override {
        const Observation* nearest = nullptr;
        double best = 0;
        for (const Observation* layer : m_layers) {
            if (layer->workload.kind != w.kind) continue;
            const double distance = distanceOf(layer->workload, w);
            if (nearest && distance >= best) continue;
            nearest = layer;
            best = distance;
        }
        return nearest ? nearest->cycles * sizeOf(w) / sizeOf(nearest->workload) : 0;
    }

private:
    /// Distance of two shapes: the sum of squared log ratios of their dimensions.
    static double distanceOf(const Workload& a, const Workload& b) {
        const auto apart = [](int64_t x, int64_t y) {
            const double d = std::log(static_cast<double>(std::max<int64_t>(1, x)) /
                                      static_cast<double>(std::max<int64_t>(1, y)));
            return d * d;
        };
        return apart(a.pixels(), b.pixels()) + apart(a.inChannels, b.inChannels) +
               apart(a.outChannels, b.outChannels) + apart(a.kernelHeight, b.kernelHeight) +
               apart(a.kernelWidth, b.kernelWidth);
    }

    std::vector<const Observation*> m_layers;
};

}  // namespace

std::unique_ptr<BaselinePredictor> makeBaseline(Baseline baseline,
                                                const std::vector<const Observation*>& layers) {
    switch (baseline) {
        case Baseline::OpsOnly:
            return std::make_unique<OpsOnly>(layers);
        case Baseline::ThroughputPerOp:
            return std::make_unique<ThroughputPerOp>(layers);
        default:
            return std::make_unique<NearestNeighbour>(layers);
    }
}

}  // namespace cost
