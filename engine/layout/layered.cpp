// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout/layered.h"

#include <algorithm>

#include "layout/align_rows.h"
#include "layout/order_rows.h"
#include "layout/pack_columns.h"
#include "layout/rank_rows.h"

namespace layout {
namespace {

using types::DrawnPoint;

constexpr float kRowGap = 30, kComponentGap = 56;
/// What edges may cost; networks with residuals need less than one bend a node.
constexpr size_t kBendsPerItem = 8, kBendsAtLeast = 4096;

struct RowSpan {
    float top = 0, bottom = 0;

    float middle() const { return (top + bottom) / 2; }
};

/// A component with its own origin.
class ComponentPicture {
public:
    ComponentPicture(const LayeredGraph& graph, RankRows rows, std::vector<float> x)
        : m_graph(graph), m_rows(std::move(rows)), m_x(std::move(x)) {
        float y = 0;
        for (const auto& row : m_rows.rows) {
            float height = 0;
            for (int32_t point : row)
                height = std::max(height, sizeOf(point).height);
            m_spans.push_back({y, y + height});
            y += height + kRowGap;
        }
        for (int32_t point = 0; point < int32_t(m_rows.points()); ++point)
            m_size.width = std::max(m_size.width, m_x[size_t(point)] + sizeOf(point).width / 2);
        m_size.height = m_spans.back().bottom;
    }

    NodeSize size() const { return m_size; }

    void put(LayeredPicture& picture, const DrawnPoint& corner) const {
        for (int32_t point = 0; point < int32_t(m_rows.nodes.size()); ++point)
            picture.centres[size_t(m_rows.nodes[size_t(point)])] = {
                corner.x + m_x[size_t(point)], corner.y + spanOf(point).middle()};
        for (const RankRows::Path& path : m_rows.paths)
            if (path.isRouted) picture.routes[size_t(path.edge)] = routeOf(path, corner);
    }

private:
    NodeSize sizeOf(int32_t point) const {
        return m_rows.isBend(point) ? NodeSize()
                                    : m_graph.nodes[size_t(m_rows.nodes[size_t(point)])];
    }
    const RowSpan& spanOf(int32_t point) const {
        return m_spans[size_t(m_rows.row[size_t(point)])];
    }

    /// Lines pass rows vertically and bend between them only, so they never cross a node.
    std::vector<DrawnPoint> routeOf(const RankRows::Path& path, const DrawnPoint& corner) const {
        std::vector<DrawnPoint> route;
        const auto add = [&](int32_t point, float y) {
            route.push_back({corner.x + m_x[size_t(point)], corner.y + y});
        };
        add(path.upper, spanOf(path.upper).middle() + sizeOf(path.upper).height / 2);
        add(path.upper, spanOf(path.upper).bottom);
        for (int32_t bend = path.firstBend; bend < path.firstBend + path.bends; ++bend) {
            add(bend, spanOf(bend).top);
            add(bend, spanOf(bend).bottom);
        }
        add(path.lower, spanOf(path.lower).top);
        add(path.lower, spanOf(path.lower).middle() - sizeOf(path.lower).height / 2);
        joinStraight(route);
        if (path.isUpward) std::ranges::reverse(route);
        return route;
    }

    static void joinStraight(std::vector<DrawnPoint>& route) {
        size_t kept = 0;
        for (const DrawnPoint& point : route) {
            if (kept > 0 && route[kept - 1] == point) continue;
            const bool isStraight =
                kept > 1 && route[kept - 2].x == point.x && route[kept - 1].x == point.x;
            if (isStraight) --kept;
            route[kept++] = point;
        }
        route.resize(kept);
    }

    const LayeredGraph& m_graph;
    RankRows m_rows;
    std::vector<float> m_x;  ///< per point
    std::vector<RowSpan> m_spans;
    NodeSize m_size;
};

std::vector<float> widthsOf(const LayeredGraph& graph, const RankRows& rows) {
    std::vector<float> widths(rows.points(), 0);
    for (size_t i = 0; i < rows.nodes.size(); ++i)
        widths[i] = graph.nodes[size_t(rows.nodes[i])].width;
    return widths;
}

}  // namespace

types::Result<LayeredPicture> layOut(const LayeredGraph& graph, const types::Work& work) {
    LayeredPicture picture;
    picture.centres.resize(graph.nodes.size());
    picture.routes.resize(graph.edges.size());
    std::vector<ComponentPicture> parts;
    std::vector<NodeSize> sizes;
    size_t done = 0;
    for (const Component& component : componentsOf(graph)) {
        if (work.isStopped()) return types::cancelled();
        const size_t items = component.nodes.size() + component.edges.size();
        RankRows rows = rankRows(graph, component, kBendsPerItem * items + kBendsAtLeast);
        const RowLinks links = linksByPoint(rows);
        if (!orderRows(rows, links, work)) return types::cancelled();
        std::vector<float> x = alignRows(rows, links, widthsOf(graph, rows), {}, work);
        if (x.empty()) return types::cancelled();
        sizes.push_back(parts.emplace_back(graph, std::move(rows), std::move(x)).size());
        work.report(double(done += component.nodes.size()) / double(graph.nodes.size()),
                    "laying out the graph");
    }
    const PackedColumns packed = packColumns(sizes, {}, kComponentGap);
    for (size_t i = 0; i < parts.size(); ++i)
        parts[i].put(picture, packed.corners[i]);
    picture.width = packed.width;
    picture.height = packed.height;
    return picture;
}

}  // namespace layout
