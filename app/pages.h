// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Pages: the table of the window's pages. The rail, the View menu with its shortcuts, the help,
// MainWindow::showPage() and the option --page use it, in its order. The icon of a page is
// resources/icons/page-NAME.svg.

#include <QKeySequence>
#include <QString>
#include <span>

class QWidget;

namespace views {
class EvaluationFeed;
class LayersModel;
class MetricChoice;
class Selection;
}  // namespace views

namespace app {

/// The objects that pages display and listen to; they outlive the pages.
struct PageSources {
    views::Selection& selection;
    views::EvaluationFeed& feed;
    views::LayersModel& layers;
    views::MetricChoice& metric;
};

struct Page {
    const char* name;   ///< "trade-offs": for showPage() and --page
    const char* title;  ///< "Trade-offs": in the rail, in menu and help
    const char* group;  ///< "Explore": above the first page of it in the rail
    const char* keys;   ///< "Ctrl+5"
    QWidget* (*make)(const PageSources& sources);
};

std::span<const Page> pages();

/// Returns the page's index in pages(); -1 for another name.
int pageNamed(const QString& name);

QKeySequence shortcutOfPage(int page);

/// "overview, layers or memory": all names, for messages and help.
QString pageNames();

}  // namespace app
