// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/space/draw_space.h"

#include <algorithm>
#include <boost/random/sobol.hpp>
#include <memory>
#include <unordered_set>

#include "search/seeded_numbers.h"
#include "search/space/distinct.h"

namespace search {
namespace {

using namespace types;

/// Most dimensions of the table of Sobol's sequence.
constexpr size_t kSobolDimensions = 3667;
/// Points that conditions refuse for one that they allow.
constexpr int64_t kPatience = 1000;

/// Numbers in [0, 1) for the dimensions of one point after the other.
class PointSource {
public:
    virtual ~PointSource() = default;
    virtual double next(size_t dimension) = 0;
};

class RandomPoints : public PointSource {
public:
    explicit RandomPoints(uint64_t seed) : m_numbers(seed) {}
    double next(size_t) override { return m_numbers.unit(); }

private:
    SeededNumbers m_numbers;
};

class SobolPoints : public PointSource {
public:
    SobolPoints(size_t dimensions, uint64_t seed) : m_engine(dimensions) {
        SeededNumbers numbers(seed);
        for (size_t d = 0; d < dimensions; ++d)
            m_shift.push_back(numbers.bits());
    }
    double next(size_t dimension) override {
        const uint64_t shifted = uint64_t{m_engine()} ^ m_shift[dimension];
        return static_cast<double>(shifted >> 11) * 0x1p-53;
    }

private:
    boost::random::sobol m_engine;
    std::vector<uint64_t> m_shift;
};

class Drawing {
public:
    Drawing(const Space& space, const GraphPtr& graph, const Work& work)
        : m_space(space), m_keys(graph), m_work(work) {}

    Result<DrawnSpace> run() {
        auto drawn = m_space.draw() == DrawKind::Grid ? walkGrid() : drawPoints();
        if (!drawn) return tl::unexpected(drawn.error());
        if (m_work.isStopped()) return cancelled();
        if (m_drawn.variations.empty())
            return fail("its conditions leave no variation", "space", "loosen them");
        return std::move(m_drawn);
    }

private:
    Result<void> walkGrid() {
        for (const Dimension& dimension : m_space.dimensions())
            if (dimension.isFine)
                return fail("'" + dimension.path + "' has a range without steps", "space",
                            "a grid needs steps; draw random or sobol takes any value");
        const auto most = static_cast<double>(m_space.count() > 0 ? m_space.count() : kMostPoints);
        if (m_space.size() > most && m_space.count() == 0)
            return fail(
                "has " + std::to_string(static_cast<int64_t>(std::min(m_space.size(), 9e18))) +
                    " variations",
                "space",
                "draw at most " + std::to_string(kMostPoints) + " of them with draw and count");
        Point point(m_space.dimensions().size(), 0);
        do {
            if (m_space.allows(point)) add(point);
        } while (static_cast<double>(m_drawn.items) < most && !m_work.isStopped() && step(point));
        return {};
    }

    /// The last dimension moves fastest. False after the last point.
    bool step(Point& point) const {
        for (size_t d = point.size(); d-- > 0;) {
            const auto choices = static_cast<int32_t>(m_space.dimensions()[d].choices.size());
            if (++point[d] < choices) return true;
            point[d] = 0;
        }
        return false;
    }

    Result<void> drawPoints() {
        if (m_space.count() > kMostPoints)
            return fail("'count' is above " + std::to_string(kMostPoints), "space", "draw fewer");
        const size_t dimensions = m_space.dimensions().size();
        if (m_space.draw() == DrawKind::Sobol && dimensions > kSobolDimensions)
            return fail("has more knobs than Sobol's sequence", "space", "draw random");
        std::unique_ptr<PointSource> source;
        if (m_space.draw() == DrawKind::Sobol)
            source = std::make_unique<SobolPoints>(dimensions, m_space.seed());
        else
            source = std::make_unique<RandomPoints>(m_space.seed());
        int64_t refused = 0;
        while (m_drawn.items < m_space.count() && !m_work.isStopped()) {
            Point point;
            for (size_t d = 0; d < dimensions; ++d) {
                const auto choices = static_cast<double>(m_space.dimensions()[d].choices.size());
                point.push_back(static_cast<int32_t>(source->next(d) * choices));
            }
            if (m_space.allows(point))
                add(point);
            else if (++refused > kPatience * (m_drawn.items + 1))
                break;
        }
        return {};
    }

    void add(const Point& point) {
        ++m_drawn.items;
        Variation variation = m_space.at(point);
        if (m_seen.insert(m_keys.keyOf(variation)).second)
            m_drawn.variations.push_back(std::move(variation));
    }

    const Space& m_space;
    DistinctKeys m_keys;
    const Work& m_work;
    std::unordered_set<std::string> m_seen;
    DrawnSpace m_drawn;
};

}  // namespace

Result<DrawnSpace> drawSpace(const Space& space, const GraphPtr& graph, const Work& work) {
    return Drawing(space, graph, work).run();
}

}  // namespace search
