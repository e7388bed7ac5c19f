// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/reconstruct.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

#include "calibration/layer_rows.h"

namespace quantize {

using calibration::LayerRows;
using calibration::LinearLayer;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

constexpr size_t kMaxColumns = 2048;
constexpr size_t kMaxRows = 2048;
constexpr size_t kMaxFloats = size_t{64} << 20;  ///< limit of the rows held at once
/// Added to the diagonal, as a share of its mean: few samples do not span the full space.
constexpr double kDamping = 0.01;
/// The same of the regression: rows tell less of its coefficients than of a loss.
constexpr double kRidge = 0.05;
constexpr int kMaxPasses = 20;
/// Of 4-bit scales: finer steps against clipped weights, for the output's error.
constexpr float kScaleFactors[] = {1.0f, 0.95f, 0.9f, 0.85f, 0.8f, 1.05f};

struct Loss {
    double plain = 0, reconstructed = 0;
};

using RowMatrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Some columns of the rows that a layer reads, in the float model and in the one that is quantized
/// up to it.
class RowPair {
public:
    /// `centred`: a bias takes the means.
    RowPair(const LayerRows& wanted, const LayerRows& found, const std::vector<size_t>& columns,
            bool centred)
        : m_wanted(columnsOf(wanted, columns)), m_found(columnsOf(found, columns)) {
        m_wantedMeans = m_wanted.colwise().mean();
        m_foundMeans = m_found.colwise().mean();
        if (!centred) return;
        m_wanted.rowwise() -= m_wantedMeans;
        m_found.rowwise() -= m_foundMeans;
    }

    MatrixXd gram() const {
        const Eigen::MatrixXf gram = m_found.transpose() * m_found;
        return gram.cast<double>() / static_cast<double>(m_found.rows());
    }
    /// X' (Y - X) w: with Y read, the layer gives Y w; X is what it will read.
    VectorXd pull(const VectorXd& weights) const {
        const Eigen::VectorXf w = weights.cast<float>();
        const Eigen::VectorXf missing = m_wanted * w - m_found * w;
        const Eigen::VectorXf pull = m_found.transpose() * missing;
        return pull.cast<double>() / static_cast<double>(m_found.rows());
    }
    /// What the bias must add where `rounded` take the place of `weights`.
    double biasChange(const VectorXd& weights, const VectorXd& rounded) const {
        return m_wantedMeans.cast<double>().dot(weights) - m_foundMeans.cast<double>().dot(rounded);
    }

private:
    static Eigen::MatrixXf columnsOf(const LayerRows& rows, const std::vector<size_t>& columns) {
        const Eigen::Map<const RowMatrix> all(rows.values.data(),
                                              static_cast<Eigen::Index>(rows.rows),
                                              static_cast<Eigen::Index>(rows.columns));
        Eigen::MatrixXf some(all.rows(), static_cast<Eigen::Index>(columns.size()));
        for (size_t k = 0; k < columns.size(); ++k)
            some.col(static_cast<Eigen::Index>(k)) = all.col(static_cast<Eigen::Index>(columns[k]));
        return some;
    }

    Eigen::MatrixXf m_wanted, m_found;
    Eigen::RowVectorXf m_wantedMeans, m_foundMeans;
};

/// Rounds channels that read the same columns.
///
/// Let H be the damped Gram matrix. Rounding weight i by e changes the output least if the weights
/// still free change by -e H^-1(:,i) / H^-1(i,i), where H^-1 is the inverse of the free part of H.
/// With H^-1 = U' U and U upper triangular, that is -e U(i,:) / U(i,i) for every i in turn: one
/// factorization serves all steps (Frantar et al. 2023). Invariant of round(): after step i the
/// first i + 1 weights are values of codes, and the others are optimal given these.
///
/// The damping makes H positive definite, so both factorizations exist. Costs O(n^3) once for n
/// columns and O(n^2) per channel.
class Rounding {
public:
    explicit Rounding(MatrixXd gram) : m_gram(std::move(gram)) {
        const Eigen::Index n = m_gram.rows();
        m_order.resize(static_cast<size_t>(n));
        std::iota(m_order.begin(), m_order.end(), Eigen::Index{0});
        std::ranges::stable_sort(m_order, std::greater(),
                                 [&](Eigen::Index k) { return m_gram(k, k); });
        MatrixXd ordered(n, n);
        m_damping = kDamping * m_gram.diagonal().mean() + 1e-12;
        for (Eigen::Index i = 0; i < n; ++i) {
            for (Eigen::Index j = 0; j < n; ++j)
                ordered(i, j) = m_gram(at(i), at(j));
            ordered(i, i) += m_damping;
        }
        const MatrixXd inverse = ordered.llt().solve(MatrixXd::Identity(n, n));
        m_upper = inverse.llt().matrixU();
        MatrixXd ridged = m_gram;
        ridged.diagonal().array() += kRidge * m_gram.diagonal().mean() + 1e-12;
        m_ridged.compute(ridged);
    }

    /// The weights before rounding that make up for what rounding changed in the layers before:
    /// ridge regression around `weights`.
    VectorXd shifted(const VectorXd& weights, const VectorXd& pull) const {
        return weights + m_ridged.solve(pull);
    }

    /// Increase of the mean squared output error.
    double loss(const VectorXd& change) const { return change.dot(m_gram * change); }

    /// Returns the codes of one channel, in the order of its weights.
    template <typename CodeOf>
    VectorXd round(const VectorXd& weights, CodeOf codeOf) const {
        const Eigen::Index n = weights.size();
        VectorXd left(n), result(n);
        for (Eigen::Index i = 0; i < n; ++i)
            left[i] = weights[at(i)];
        for (Eigen::Index i = 0; i < n; ++i) {
            const double value = codeOf(at(i), left[i]);
            const double error = (left[i] - value) / m_upper(i, i);
            result[at(i)] = value;
            left.tail(n - i) -= error * m_upper.row(i).tail(n - i).transpose();
        }
        return result;
    }

    /// Moves single codes up or down by one while that lowers the loss (coordinate descent on the
    /// damped Gram matrix H). With d the present change and g = H d, a step s of weight k changes
    /// the loss by 2 s g_k + s^2 H_kk; every step taken lowers it, so this ends. Costs O(n) per
    /// weight looked at and per step.
    void descend(const VectorXd& weights, const VectorXd& steps, const VectorXd& limits,
                 VectorXd& values) const {
        VectorXd slope = m_gram * (values - weights) + m_damping * (values - weights);
        for (int pass = 0; pass < kMaxPasses; ++pass) {
            bool moved = false;
            for (Eigen::Index k = 0; k < weights.size(); ++k) {
                const double step = slope[k] > 0 ? -steps[k] : steps[k];
                const double curvature = m_gram(k, k) + m_damping;
                const bool isOutside = std::fabs(values[k] + step) > limits[k] * (1 + 1e-6);
                if (isOutside || 2 * step * slope[k] + step * step * curvature >= 0) continue;
                values[k] += step;
                slope += step * m_gram.col(k);
                slope[k] += step * m_damping;
                moved = true;
            }
            if (!moved) return;
        }
    }

private:
    Eigen::Index at(Eigen::Index i) const { return m_order[static_cast<size_t>(i)]; }

    MatrixXd m_gram, m_upper;
    double m_damping = 0;
    Eigen::LLT<MatrixXd> m_ridged;
    std::vector<Eigen::Index> m_order;  ///< order of rounding: the most significant weights first
};

/// One channel of a layer: its weights, and the codes that a scale gives.
class Channel {
public:
    Channel(const LinearLayer& rows, const Rounding& rounding, const RowPair& pair, size_t channel,
            LayerCodes& layer)
        : m_rows(rows), m_rounding(rounding), m_pair(pair), m_channel(channel), m_layer(layer) {
        m_source.resize(static_cast<Eigen::Index>(rows.taps()));
        for (Eigen::Index k = 0; k < m_source.size(); ++k)
            m_source[k] = double{layer.weights[place(k)]};
        m_weights = rounding.shifted(m_source, pair.pull(m_source));
    }

    VectorXd plain() const {
        VectorXd values(m_source.size());
        for (Eigen::Index k = 0; k < values.size(); ++k)
            values[k] = valueOf(k, m_source[k]);
        return values;
    }
    VectorXd reconstructed() const {
        VectorXd values = m_rounding.round(
            m_weights, [this](Eigen::Index k, double value) { return valueOf(k, value); });
        VectorXd steps(values.size());
        for (Eigen::Index k = 0; k < values.size(); ++k)
            steps[k] = double{m_layer.scaleOf(place(k))};
        m_rounding.descend(m_weights, steps, steps * double{m_layer.limit()}, values);
        return values;
    }
    double loss(const VectorXd& values) const { return m_rounding.loss(values - m_weights); }
    void keep(const VectorXd& values) {
        for (Eigen::Index k = 0; k < values.size(); ++k)
            m_layer.weights[place(k)] = static_cast<float>(values[k]);
        if (!m_layer.bias.empty())
            m_layer.bias[m_channel] += static_cast<float>(m_pair.biasChange(m_source, values));
    }

private:
    size_t place(Eigen::Index k) const {
        return m_rows.weightAt(m_channel, static_cast<size_t>(k));
    }
    double valueOf(Eigen::Index k, double value) const {
        return double{m_layer.codeOf(place(k), value)} * double{m_layer.scaleOf(place(k))};
    }

    const LinearLayer& m_rows;
    const Rounding& m_rounding;
    const RowPair& m_pair;
    size_t m_channel;
    LayerCodes& m_layer;
    VectorXd m_source, m_weights;  ///< as in the float model, and as they are to be rounded
};

/// Keeps the plain codes where they lose less, so no channel gets worse on the samples.
void roundChannel(const LinearLayer& rows, const Rounding& rounding, const RowPair& pair,
                  size_t index, LayerCodes& layer, Loss& loss) {
    Channel channel(rows, rounding, pair, index, layer);
    VectorXd best = channel.plain();
    double least = channel.loss(best);
    loss.plain += least;
    const bool ownScale = layer.scales.size() > 1 && layer.weightType == types::DataType::Int4;
    const float scale = ownScale ? layer.scales[index] : 1;
    float bestScale = scale;
    for (float factor : kScaleFactors) {
        if (ownScale) layer.scales[index] = scale * factor;
        VectorXd values = channel.reconstructed();
        if (const double now = channel.loss(values); now < least) {
            least = now;
            best = std::move(values);
            bestScale = scale * factor;
        }
        if (!ownScale) break;
    }
    if (ownScale) layer.scales[index] = bestScale;
    loss.reconstructed += least;
    channel.keep(best);
}

std::vector<size_t> columnsOf(const LinearLayer& rows, size_t channel) {
    std::vector<size_t> columns(rows.taps());
    for (size_t k = 0; k < columns.size(); ++k)
        columns[k] = rows.columnAt(channel, k);
    return columns;
}

Loss roundLayer(const LinearLayer& layerRows, const LayerRows& wanted, const LayerRows& found,
                LayerCodes& layer) {
    Loss loss;
    std::optional<RowPair> pair;
    std::optional<Rounding> rounding;
    std::vector<size_t> columns;
    for (size_t channel = 0; channel < layerRows.channels(); ++channel) {
        auto read = columnsOf(layerRows, channel);
        if (read != columns) {
            pair.emplace(wanted, found, read, !layer.bias.empty());
            rounding.emplace(pair->gram());
            columns = std::move(read);
        }
        roundChannel(layerRows, *rounding, *pair, channel, layer, loss);
    }
    return loss;
}

/// As many layers as fit into memory, since each run over the samples serves all of them.
std::vector<size_t> nextOps(const types::Graph& graph, const std::vector<size_t>& ops,
                            size_t first) {
    std::vector<size_t> next;
    size_t floats = 0;
    for (size_t i = first; i < ops.size(); ++i) {
        floats += LinearLayer(graph, ops[i]).columns() * kMaxRows;
        if (!next.empty() && floats > kMaxFloats) break;
        next.push_back(ops[i]);
    }
    return next;
}

std::string sentence(const CalibrationSet& calibrationSet, size_t layers, size_t left,
                     double decibels) {
    char gain[32];
    std::snprintf(gain, sizeof gain, "%.1f dB", decibels);
    std::string text = "weights of " + std::to_string(layers) +
                       " layers rounded by reconstruction on " + calibrationSet.inputs->source +
                       ": " + gain + " less rounding noise in their outputs";
    if (left > 0) text += "; " + std::to_string(left) + " layers rounded plainly";
    return text;
}

}  // namespace

types::Result<void> reconstruct(const FloatModel& model, std::map<size_t, LayerCodes>& layers,
                                const CalibrationSet& calibrationSet, const types::Work& work,
                                const std::function<const Emitted&()>& emit,
                                std::vector<std::string>& changes) {
    std::vector<size_t> ops;
    for (const auto& [op, layer] : layers)
        if (LinearLayer::is(model.graph, op) && LinearLayer(model.graph, op).taps() <= kMaxColumns)
            ops.push_back(op);
    if (ops.empty()) return {};
    const auto& samples = calibrationSet.inputs->samples;
    const double all = static_cast<double>(ops.size());
    double decibels = 0;
    for (size_t done = 0; done < ops.size();) {
        const auto next = nextOps(model.graph, ops, done);
        const auto wanted =
            calibration::sampleRows(model.graph, next, samples, kMaxRows, work.quiet());
        if (!wanted) return tl::unexpected(wanted.error());
        for (size_t op : next) {
            if (work.isStopped()) return types::cancelled();
            const Emitted& quantized = emit();
            const size_t place = quantized.ops[op];
            const auto found = calibration::sampleRows(
                quantized.graph, {place}, samples, kMaxRows,
                work.part(static_cast<double>(done) / all, static_cast<double>(done + 1) / all));
            if (!found) return tl::unexpected(found.error());
            const Loss loss = roundLayer(LinearLayer(model.graph, op), wanted->at(op),
                                         found->at(place), layers.at(op));
            if (loss.reconstructed > 0)
                decibels += 10 * std::log10(loss.plain / loss.reconstructed);
            ++done;
        }
    }
    decibels /= all;
    changes.push_back(sentence(calibrationSet, ops.size(), layers.size() - ops.size(), decibels));
    return {};
}

}  // namespace quantize
