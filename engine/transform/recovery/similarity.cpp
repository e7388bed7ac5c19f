// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/recovery/similarity.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <map>
#include <mutex>
#include <numeric>

#include "calibration/linear_layer.h"
#include "calibration/model_inputs.h"
#include "calibration/run_samples.h"
#include "learning/kernels/products.h"
#include "transform/recovery/layer_weights.h"

namespace transform {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using types::Graph;
using types::Result;

namespace {

constexpr size_t kSimilaritySamples = 64, kMaxPositions = 64;
constexpr int32_t kRandom = 32;
constexpr uint64_t kSimilaritySeed = 1;
/// Added to the diagonal of a covariance, as a share of its mean.
constexpr double kDamping = 1e-3;

/// A layer that reads the units of one group, each in as many columns of its weights' input axis.
struct Reader {
    size_t op = 0, group = 0;
    std::vector<std::vector<size_t>> columns;  ///< per unit
    MatrixXd covariance, weights;              ///< units x units: of values; W W'
};

/// Columns of the input axis of a filter by unit, where one group alone has them all.
std::optional<Reader> readerOf(const Graph& graph, const ChannelGroups& groups, size_t op) {
    if (!calibration::LinearLayer::is(graph, op) || !weightOperand(graph, op) ||
        calibration::LinearLayer(graph, op).isDepthwise())
        return std::nullopt;
    const int32_t owner = groups.axes().inputPlace(op, 1);
    const Axis axis{owner, groups.axes().rank(owner) - 1};
    std::map<int32_t, std::vector<size_t>> columns;
    for (int32_t i = 0; i < groups.axes().length(axis); ++i)
        columns[groups.unitOf(axis, i)].push_back(static_cast<size_t>(i));
    for (size_t g = 0; g < groups.groups().size(); ++g) {
        const ChannelGroup& group = groups.groups()[g];
        if (!group.removable() || group.units.size() != columns.size()) continue;
        Reader reader{op, g, {}, {}, {}};
        for (int32_t unit : group.units) {
            const auto found = columns.find(unit);
            if (found == columns.end()) break;
            if (found->second.size() != columns.begin()->second.size()) break;
            reader.columns.push_back(found->second);
        }
        if (reader.columns.size() == group.units.size()) return reader;
    }
    return std::nullopt;
}

/// Sums over some positions of one sample: of values and of their products.
struct Moments {
    std::vector<float> sums, products;
    size_t rows = 0;

    Moments() = default;
    /// `values` are rows of `units`, with room for vectors that read behind the end.
    Moments(size_t units, size_t count, const std::vector<float>& values)
        : sums(units, 0), products(units * units, 0), rows(count) {
        std::vector<int32_t> places;
        for (size_t row = 0; row < rows; ++row) {
            places.push_back(static_cast<int32_t>(row * units));
            for (size_t i = 0; i < units; ++i)
                sums[i] += values[row * units + i];
        }
        constexpr int32_t kOneRun[] = {0};
        const auto n = static_cast<int32_t>(units);
        learning::outerProduct(
            {values.data(),
             n,
             n,
             {values.data(), places.data(), static_cast<int32_t>(rows), kOneRun, 1, n},
             products.data(),
             n});
    }
};

/// One row per position and, where units have several columns, per column.
Moments momentsOf(const Graph& graph, const Reader& reader, std::span<const float> values) {
    const size_t units = reader.columns.size(), each = reader.columns[0].size();
    const auto depth =
        static_cast<size_t>(graph.tensor(graph.ops[reader.op].input(1)).shape.back());
    const size_t positions = values.size() / depth;
    const size_t taken = std::min(positions, std::max<size_t>(kMaxPositions / each, 1));
    std::vector<float> rows(taken * each * units + learning::kSlack);
    float* row = rows.data();
    for (size_t i = 0; i < taken; ++i) {
        const float* from = values.data() + i * positions / taken * depth;
        for (size_t k = 0; k < each; ++k, row += units)
            for (size_t unit = 0; unit < units; ++unit)
                row[unit] = from[reader.columns[unit][k]];
    }
    return {units, taken * each, rows};
}

MatrixXd covarianceOf(const std::vector<Moments>& moments, size_t units) {
    const auto n = static_cast<Index>(units);
    VectorXd sums = VectorXd::Zero(n);
    MatrixXd products = MatrixXd::Zero(n, n);
    double rows = 0;
    for (const Moments& sample : moments) {
        sums += Eigen::Map<const Eigen::VectorXf>(sample.sums.data(), n).cast<double>();
        products += Eigen::Map<const Eigen::MatrixXf>(sample.products.data(), n, n).cast<double>();
        rows += static_cast<double>(sample.rows);
    }
    sums /= std::max(rows, 1.0);
    return products / std::max(rows, 1.0) - sums * sums.transpose();
}

/// W W' over all output channels and taps of the layer.
MatrixXd weightGram(const Graph& graph, const Reader& reader) {
    const std::vector<float> weights = realOperand(graph, reader.op, 1);
    const auto depth =
        static_cast<size_t>(graph.tensor(graph.ops[reader.op].input(1)).shape.back());
    const size_t units = reader.columns.size(), each = reader.columns[0].size();
    const auto n = static_cast<Index>(units);
    Eigen::MatrixXd values(n, static_cast<Index>(weights.size() / depth * each));
    for (size_t row = 0; row < weights.size() / depth; ++row)
        for (size_t unit = 0; unit < units; ++unit)
            for (size_t k = 0; k < each; ++k)
                values(static_cast<Index>(unit), static_cast<Index>(row * each + k)) =
                    double{weights[row * depth + reader.columns[unit][k]]};
    return values * values.transpose();
}

Result<void> measureReaders(const Graph& graph, std::vector<Reader>& readers,
                            const std::vector<calibration::RealSample>& samples,
                            const types::Work& work) {
    std::vector<int32_t> tensors;
    for (const Reader& reader : readers)
        tensors.push_back(graph.ops[reader.op].input(0));
    std::vector<std::vector<Moments>> moments(readers.size(), std::vector<Moments>(samples.size()));
    const auto visit = [&](size_t sample, size_t i, std::span<const float> values) {
        moments[i][sample] = momentsOf(graph, readers[i], values);
    };
    if (auto ran = calibration::runSamples(graph, tensors, samples, visit, work); !ran) return ran;
    for (size_t i = 0; i < readers.size(); ++i) {
        readers[i].covariance = covarianceOf(moments[i], readers[i].columns.size());
        readers[i].weights = weightGram(graph, readers[i]);
    }
    return {};
}

/// One layer while channels are removed.
class Elimination {
public:
    explicit Elimination(const Reader& reader) : m_weights(reader.weights) {
        MatrixXd damped = reader.covariance;
        const double variance = (reader.covariance * reader.weights).trace();
        m_scale = 1 / std::max(variance, 1e-30);
        damped.diagonal().array() += kDamping * std::max(damped.diagonal().mean(), 1e-12);
        m_inverse = damped.llt().solve(MatrixXd::Identity(damped.rows(), damped.cols()));
    }
    /// Error that the removal of unit r brings, as a share of the output's variance.
    double loss(Index r) const {
        return m_scale * m_weights(r, r) / std::max(m_inverse(r, r), 1e-30);
    }
    void remove(Index r) {
        const double pivot = std::max(m_inverse(r, r), 1e-30), square = m_weights(r, r);
        const VectorXd h = m_inverse.col(r) / pivot, m = m_weights.col(r);
        m_weights += h * h.transpose() * square - h * m.transpose() - m * h.transpose();
        m_inverse -= h * h.transpose() * pivot;
    }

private:
    MatrixXd m_inverse, m_weights;
    double m_scale = 1;
};

GroupScores eliminate(const std::vector<const Reader*>& readers, size_t units) {
    std::vector<Elimination> layers;
    for (const Reader* reader : readers)
        layers.emplace_back(*reader);
    std::vector<Index> left(units);
    std::iota(left.begin(), left.end(), Index{0});
    GroupScores scores(units, 0);
    double sum = 0;
    while (!left.empty()) {
        const auto lossOf = [&](Index unit) {
            double loss = 0;
            for (const Elimination& layer : layers)
                loss += layer.loss(unit);
            return loss;
        };
        const auto least = std::ranges::min_element(left, {}, lossOf);
        sum += lossOf(*least);
        scores[static_cast<size_t>(*least)] = sum;
        for (Elimination& layer : layers)
            layer.remove(*least);
        left.erase(least);
    }
    return scores;
}

GroupScores sharesOf(GroupScores scores) {
    const double sum = std::accumulate(scores.begin(), scores.end(), 0.0);
    for (double& score : scores)
        score /= std::max(sum, 1e-30);
    return scores;
}

}  // namespace

Result<Scores> similarity(const Graph& graph, const ChannelGroups& groups,
                          const ApplyContext& context, std::vector<std::string>& changes) {
    const auto inputs = context.calibration && !context.calibration->empty()
                            ? context.calibration
                            : calibration::randomInputs(graph, kRandom, kSimilaritySeed);
    std::vector<calibration::RealSample> samples;
    const size_t count = std::min(inputs->samples.size(), kSimilaritySamples);
    for (size_t i = 0; i < count; ++i)
        samples.push_back(inputs->samples[i * inputs->samples.size() / count]);
    std::vector<Reader> readers;
    for (size_t op = 0; op < graph.ops.size(); ++op)
        if (auto reader = readerOf(graph, groups, op)) readers.push_back(std::move(*reader));
    if (auto done = measureReaders(graph, readers, samples, context.work); !done)
        return tl::unexpected(done.error());
    Scores scores;
    for (size_t g = 0; g < groups.groups().size(); ++g) {
        const ChannelGroup& group = groups.groups()[g];
        std::vector<const Reader*> own;
        for (const Reader& reader : readers)
            if (reader.group == g) own.push_back(&reader);
        if (!group.removable())
            scores.emplace_back(group.units.size(), 0.0);
        else if (own.empty())
            scores.push_back(
                sharesOf(weightImportance(graph, groups, group, types::ImportanceMeasure::L1)));
        else
            scores.push_back(eliminate(own, group.units.size()));
    }
    changes.push_back("similarity of channels measured on " + std::to_string(count) + " of " +
                      inputs->source);
    return scores;
}

}  // namespace transform
