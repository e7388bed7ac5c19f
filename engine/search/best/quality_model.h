// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the strategy Evolution: QualityModel, what a quality is likely to be at a point of
// the space, from the points where it is known: a quadratic trend in every number and a constant
// for every word (ridge regression), and what the nearest known points differ from it by.

#include <vector>

#include "search/space/space.h"

namespace search {

class QualityModel {
public:
    /// Fits the values of the points; needs at least one.
    QualityModel(const Space& space, std::vector<Point> points, std::vector<double> values);

    double at(const Point& point) const;

private:
    std::vector<double> featuresOf(const Point& point) const;
    double trendAt(const std::vector<double>& features) const;
    double apart(const Point& a, const Point& b) const;

    const Space& m_space;
    std::vector<Point> m_points;
    std::vector<double> m_residuals, m_weights;
};

}  // namespace search
