// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// MainWindow: pages in the middle, docks at the sides, tool bar, menus, messages and progress at
// the bottom. It builds the widgets and connects them to Explorer; it decides nothing about models.

#include <QLabel>
#include <QMainWindow>
#include <QProgressBar>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>

#include "app/appearance.h"
#include "app/explorer.h"
#include "app/recent_files.h"
#include "views/models/layers_model.h"
#include "views/models/metric_choice.h"
#include "views/models/variations_model.h"

namespace views {
class BoardChooser;
class FitBadge;
class LayerSearch;
class MessageBar;
class PageRail;
class RecoveryBar;
class SelectionPanel;
class VariationPanel;
class VariationsPanel;
}  // namespace views

namespace app {

class ExportDesk;
class FitDesk;
class ProjectDesk;
class TrainingDesk;

class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(Explorer& explorer, QWidget* parent = nullptr);

    void addMessage(const QString& text);
    /// One that is over when another model opens.
    void addModelMessage(const QString& text);
    /// Offers work that windows before this one left behind.
    void lookForLeftWork();
    /// Shows a page by its name in pages(); returns false for another name.
    bool showPage(const QString& name);
    /// Returns the page of this type in pages().
    template <class PageWidget>
    PageWidget& page() const {
        auto* const widget = m_tabs->findChild<PageWidget*>();
        if (!widget)
            qFatal("no row of app/pages.cpp makes a %s", PageWidget::staticMetaObject.className());
        return *widget;
    }

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void feedModels();
    void buildPages();
    void buildRail();
    QWidget* buildEmptyState();
    void buildDocks();
    QDockWidget* addDock(const QString& name, const QString& title, QWidget* content,
                         Qt::DockWidgetArea area);
    void buildActions();
    void buildFileMenu();
    void buildEditMenu();
    void buildViewMenu();
    void buildHelpMenu();
    void buildToolBar();
    void buildStatusBar();
    void connectExplorer();
    void connectPanels();
    void connectCompatibility();
    void connectGraph();
    void connectSessions();
    void connectMatrix();
    void connectFit();
    void connectProfiles();
    void connectExport();
    void connectStudies();
    void connectSweeps();
    void connectTraining();
    void showTrainingState();
    void connectProject();
    void showProject();
    void showLeft();
    bool mayClose();
    void closeWhenSaved();
    void buildMeasureMenu();
    void restoreLayout();
    void resetLayout();

    void openByDialog();
    void openDataByDialog(bool isFolder);
    void saveProject(bool asksForName);
    void importByDialog();
    void measureOn(const QString& target);
    SessionSubject subject() const;
    void openDropped(const QString& path);
    void saveProfile(FitDesk& desk, const types::DeviceProfile& profile);
    void explainCard(views::Metric metric);
    void showOpened(const QString& name, const QString& path);
    void showSignatures(const types::Graph& graph);
    void showEvaluated();
    void showPickedLayers();
    void showDevices();
    void showChosenDevice();
    void showData(const data::DatasetPtr& dataset);
    void showDutyCost();
    /// Shows measurements beside the predictions, where the picked session measured exactly the
    /// shown model.
    void showMeasured();
    void showState(bool isOutdated);
    void setAppearance(Appearance appearance);

    Explorer& m_explorer;
    views::LayersModel m_layers;
    views::VariationsModel m_variations;
    views::MetricChoice m_metric;
    types::SessionPtr m_pickedSession;

    QStackedWidget* m_stack = nullptr;
    QTabWidget* m_tabs = nullptr;  ///< its bar is hidden: the rail stands for it
    views::PageRail* m_rail = nullptr;
    views::VariationsPanel* m_variationsPanel = nullptr;
    views::VariationPanel* m_variationPanel = nullptr;
    views::SelectionPanel* m_selectionPanel = nullptr;
    views::MessageBar* m_messages = nullptr;

    QAction* m_open = nullptr;
    QAction* m_undo = nullptr;
    QAction* m_redo = nullptr;
    QAction* m_export = nullptr;
    RecentFiles* m_recent = nullptr;
    views::BoardChooser* m_board = nullptr;
    views::FitBadge* m_flashBadge = nullptr;
    views::FitBadge* m_sramBadge = nullptr;
    views::LayerSearch* m_search = nullptr;
    ExportDesk* m_exportDesk = nullptr;
    TrainingDesk* m_trainingDesk = nullptr;
    QToolButton* m_training = nullptr;
    QLabel* m_state = nullptr;
    QLabel* m_step = nullptr;
    QProgressBar* m_progress = nullptr;
    QToolButton* m_cancel = nullptr;
    QByteArray m_defaultLayout;
    ProjectDesk* m_project = nullptr;
    views::RecoveryBar* m_recovery = nullptr;
};

}  // namespace app
