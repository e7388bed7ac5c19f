// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/fit/model_band_fit.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "cost/fit/least_squares.h"
#include "cost/predict.h"

namespace cost {
namespace {

constexpr double kCoveredNetworks = 0.9;
/// Errors over this quantile count as it in the squares, so that one network does not decide.
constexpr double kMostErrorQuantile = 0.95;

/// Both as shares of the predicted latency.
struct NetworkError {
    double error = 0, squares = 0;
};

std::optional<NetworkError> errorOf(const Predictor& predictor, double clockMhz,
                                    const NetworkLayers& network) {
    std::vector<Workload> workloads;
    double measured = 0, predicted = 0, squares = 0;
    for (const Observation& layer : network.layers) {
        workloads.push_back(layer.workload);
        measured += layer.cycles;
    }
    for (const OpPrediction& op : predictor.predict(workloads).ops) {
        if (!op.latencyUs) return std::nullopt;
        predicted += op.latencyUs->value * clockMhz;
        squares += std::pow((op.latencyUs->high - op.latencyUs->value) * clockMhz, 2);
    }
    if (!(predicted > 0)) return std::nullopt;
    return NetworkError{std::abs(1 - measured / predicted), squares / (predicted * predicted)};
}

/// The k-th smallest of n, k = share x (n + 1) rounded up: one more value has any rank among them
/// with equal probability.
double quantileOf(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    const double n = static_cast<double>(values.size());
    return values[static_cast<size_t>(std::min(n, std::ceil(share * (n + 1)))) - 1];
}

/// a and c of the header.
Eigen::VectorXd squaresOf(const std::vector<NetworkError>& networks) {
    std::vector<double> errors;
    for (const NetworkError& network : networks)
        errors.push_back(network.error);
    const double most = quantileOf(errors, kMostErrorQuantile);
    Eigen::MatrixXd normal = 1e-12 * Eigen::MatrixXd::Identity(2, 2);
    Eigen::VectorXd right = Eigen::VectorXd::Zero(2);
    const double unit = std::max(1e-6, most);  // the normal matrix needs numbers near one
    for (const NetworkError& network : networks) {
        const Eigen::Vector2d row(network.squares / (unit * unit), 1);
        normal += row * row.transpose();
        right += std::pow(std::min(network.error, most) / unit, 2) * row;
    }
    Eigen::VectorXd found = solveNonNegative(normal, right);
    found[1] *= unit * unit;
    return found;
}

}  // namespace

types::ModelBand fitModelBand(const types::DeviceProfile& device,
                              const std::vector<NetworkLayers>& networks,
                              const std::string& source) {
    const Predictor predictor(std::make_shared<const types::DeviceProfile>(device));
    std::vector<NetworkError> errors;
    for (const NetworkLayers& network : networks)
        if (const auto error = errorOf(predictor, device.clockMhz, network))
            errors.push_back(*error);
    if (errors.empty()) return {};
    const Eigen::VectorXd squares = squaresOf(errors);
    std::vector<double> ratios;
    for (const NetworkError& network : errors) {
        const double expected = std::sqrt(squares[0] * network.squares + squares[1]);
        ratios.push_back(expected > 0 ? network.error / expected : 0);
    }
    const double factor = quantileOf(ratios, kCoveredNetworks);
    return {factor * std::sqrt(squares[0]), factor * std::sqrt(squares[1]),
            static_cast<int32_t>(errors.size()),
            source + ", " + std::to_string(errors.size()) + " networks"};
}

}  // namespace cost
