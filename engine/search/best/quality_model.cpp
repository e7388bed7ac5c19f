// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/best/quality_model.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace search {
namespace {

/// Keeps trends flat where few points are known.
constexpr double kRidge = 0.05;
constexpr size_t kNeighbours = 4;
/// What is added to a squared distance before it is inverted.
constexpr double kSoftening = 0.02;

bool isNumber(const Dimension& dimension) {
    return dimension.choices.back().number.has_value();
}

/// 0 to 1 over the choices; one that follows the model counts as the largest.
double placeOf(const Dimension& dimension, int32_t choice) {
    if (dimension.choices.size() < 2) return 0;
    return static_cast<double>(choice) / static_cast<double>(dimension.choices.size() - 1);
}

/// Solves the symmetric positive definite system in place (Cholesky).
std::vector<double> solved(std::vector<double> matrix, std::vector<double> right) {
    const size_t n = right.size();
    for (size_t j = 0; j < n; ++j) {
        for (size_t k = 0; k < j; ++k)
            for (size_t i = j; i < n; ++i)
                matrix[i * n + j] -= matrix[i * n + k] * matrix[j * n + k];
        const double root = std::sqrt(std::max(matrix[j * n + j], 1e-12));
        for (size_t i = j; i < n; ++i)
            matrix[i * n + j] /= root;
    }
    for (size_t i = 0; i < n; ++i) {
        for (size_t k = 0; k < i; ++k)
            right[i] -= matrix[i * n + k] * right[k];
        right[i] /= matrix[i * n + i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; ++k)
            right[i] -= matrix[k * n + i] * right[k];
        right[i] /= matrix[i * n + i];
    }
    return right;
}

}  // namespace

QualityModel::QualityModel(const Space& space, std::vector<Point> points,
                           std::vector<double> values)
    : m_space(space), m_points(std::move(points)) {
    std::vector<std::vector<double>> rows;
    for (const Point& point : m_points)
        rows.push_back(featuresOf(point));
    const size_t n = rows[0].size();
    std::vector<double> matrix(n * n, 0.0), right(n, 0.0);
    for (size_t r = 0; r < rows.size(); ++r)
        for (size_t i = 0; i < n; ++i) {
            right[i] += rows[r][i] * values[r];
            for (size_t k = 0; k < n; ++k)
                matrix[i * n + k] += rows[r][i] * rows[r][k];
        }
    // The constant is free.
    for (size_t i = 0; i < n; ++i)
        matrix[i * n + i] += i == 0 ? 1e-9 : kRidge;
    m_weights = solved(std::move(matrix), std::move(right));
    for (size_t r = 0; r < rows.size(); ++r)
        m_residuals.push_back(values[r] - trendAt(rows[r]));
}

std::vector<double> QualityModel::featuresOf(const Point& point) const {
    std::vector<double> features = {1.0};
    for (size_t d = 0; d < point.size(); ++d) {
        const Dimension& dimension = m_space.dimensions()[d];
        if (dimension.choices.size() < 2) continue;
        if (isNumber(dimension)) {
            const double place = placeOf(dimension, point[d]) - 0.5;
            features.push_back(place);
            features.push_back(place * place);
        } else {
            for (size_t word = 1; word < dimension.choices.size(); ++word)
                features.push_back(point[d] == static_cast<int32_t>(word) ? 1 : 0);
        }
    }
    return features;
}

double QualityModel::trendAt(const std::vector<double>& features) const {
    return std::inner_product(features.begin(), features.end(), m_weights.begin(), 0.0);
}

double QualityModel::apart(const Point& a, const Point& b) const {
    double sum = 0;
    for (size_t d = 0; d < a.size(); ++d) {
        const Dimension& dimension = m_space.dimensions()[d];
        const double step = isNumber(dimension)
                                ? placeOf(dimension, a[d]) - placeOf(dimension, b[d])
                                : (a[d] == b[d] ? 0 : 1);
        sum += step * step;
    }
    return sum;
}

double QualityModel::at(const Point& point) const {
    std::vector<std::pair<double, double>> near;
    for (size_t i = 0; i < m_points.size(); ++i)
        near.push_back({apart(point, m_points[i]), m_residuals[i]});
    const size_t count = std::min(kNeighbours, near.size());
    std::partial_sort(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(count), near.end());
    double sum = 0, weights = 0;
    for (size_t i = 0; i < count; ++i) {
        const double weight = 1 / (near[i].first + kSoftening);
        sum += weight * near[i].second;
        weights += weight;
    }
    return trendAt(featuresOf(point)) + sum / weights;
}

}  // namespace search
